"""Names of firms apart from their legal form, for sorting, searching and finding doubles."""

from __future__ import annotations

import re

from filo.foundation.folding import fold
from filo.foundation.italy.comuni import find_comune

# (the form as it is written, what people write for it); longer spellings stand first within the whole list.
_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Soc. coop. a r.l.",
        ("soc coop a r l", "soc coop a rl", "societa cooperativa a responsabilita limitata"),
    ),
    ("Soc. coop. soc.", ("soc coop soc", "soc coop sociale", "societa cooperativa sociale", "coop sociale")),
    ("Soc. coop. agr.", ("soc coop agr", "soc coop agricola", "societa cooperativa agricola")),
    ("Soc. coop.", ("soc coop", "societa cooperativa", "scoop")),
    ("S.r.l.s.", ("s r l s", "societa a responsabilita limitata semplificata")),
    ("S.r.l.", ("s r l", "societa a responsabilita limitata")),
    ("S.p.A.", ("s p a", "societa per azioni")),
    ("S.n.c.", ("s n c", "societa in nome collettivo")),
    ("S.a.s.", ("s a s", "societa in accomandita semplice")),
    ("S.a.p.A.", ("s a p a", "societa in accomandita per azioni")),
    ("S.c.a.r.l.", ("s c a r l", "s c r l", "s c a rl")),
    ("S.c.p.A.", ("s c p a",)),
    ("S.s.d. a r.l.", ("s s d a r l", "s s d a rl", "s s d r l")),
    ("A.s.d.", ("a s d", "associazione sportiva dilettantistica")),
    ("S.t.p. S.r.l.", ("s t p s r l",)),
    ("S.t.p. a r.l.", ("s t p a r l", "s t p a rl")),
    ("S.t.p.", ("s t p",)),
    ("S.s.", ("s s", "societa semplice")),
    ("Onlus", ("o n l u s", "onlus")),
    ("ETS", ("e t s", "ente del terzo settore")),
    ("APS", ("a p s",)),
    ("ODV", ("o d v",)),
    ("GmbH & Co. KG", ("gmbh & co kg", "gmbh und co kg", "gmbh co kg")),
    ("GmbH", ("gmbh", "g m b h")),
    ("AG", ("a g",)),
    ("KG", ("k g",)),
    ("OHG", ("o h g",)),
    ("Ltd", ("ltd", "limited")),
    ("PLC", ("p l c",)),
    ("LLC", ("l l c",)),
    ("LLP", ("l l p",)),
    ("Inc.", ("inc", "incorporated")),
    ("Corp.", ("corp", "corporation")),
    ("S.à r.l.", ("s a r l",)),
    ("S.A.", ("s a",)),
    ("S.L.", ("s l",)),
    ("B.V.", ("b v",)),
    ("N.V.", ("n v",)),
    ("A/S", ("a / s",)),
    ("AB", ("a b",)),
    ("Oy", ("o y",)),
    ("S.E.", ("s e",)),
)
_SUFFIX = r"(?P<more>(?:[\s,\-]+(?:unipersonale|a\s+socio\s+unico|con\s+socio\s+unico|in\s+liquidazione|benefit))*)"


def _pattern(spelling: str) -> str:
    """A regular expression for a spelling: between single letters dots and spaces, between words spaces."""
    letters = spelling.split()
    if all(len(letter) == 1 for letter in letters):
        if len(letters) > 2:
            return r"\.?\s?".join(letters) + r"\.?"
        # Two letters may as well be a province or initials: without dots they count only in capitals.
        return r"\.\s?".join(letters) + rf"\.?|(?-i:{''.join(letters).upper()})"
    words = [re.sub("ta$", "t(?:à|a['’]?)", word) if len(word) > 5 else re.escape(word) for word in letters]
    return r"\.?\s*".join(words) + r"\.?"


_ALTERNATIVES = "|".join(
    f"(?P<f{number}>{'|'.join(_pattern(spelling) for spelling in spellings)})"
    for number, (_form, spellings) in enumerate(_FORMS)
)
_AT_END = re.compile(rf"(?<=[\w.\)\"'’&»!])[\s,;\-–]+(?:{_ALTERNATIVES}){_SUFFIX}\s*$", re.IGNORECASE)
_BEFORE_OWNERS = re.compile(rf"(?<=[\w.])[\s,\-–]+(?:{_ALTERNATIVES}){_SUFFIX}(?=\s+di\s)", re.IGNORECASE)


def split_legal_form(name: str) -> tuple[str, str]:
    """(name, legal form): "Maffei Arredamenti s.p.a." gives ("Maffei Arredamenti", "S.p.A.").

    The form is "" when there is none; "in liquidazione" and the like stay with it. In "Bar Sport S.n.c. di
    Rossi & C." it comes out of the middle.
    """
    name = " ".join(name.split())[:1000]
    found = _AT_END.search(name) or _BEFORE_OWNERS.search(name)
    if not found or _is_place(name[: found.start()], found[0]):
        return name, ""
    form = next(_FORMS[int(group[1:])][0] for group, text in found.groupdict().items() if text and group[0] == "f")
    more = " ".join(found["more"].replace(",", " ").split()).lower()
    rest = name[: found.start()].rstrip(" ,;-–") + name[found.end() :]
    return rest, f"{form} {more}" if more else form


def _is_place(before: str, form: str) -> bool:
    """Whether the letters are the province of the town before them: "Comune di Salerno SA"."""
    letters = form.strip(" ,;-–")
    comune = find_comune(before.split()[-1]) if re.fullmatch("[A-Z]{2}", letters) and before.split() else None
    return comune is not None and comune.province == letters


def without_legal_form(name: str) -> str:
    """The folded name without its legal form, by which doubles are found."""
    return fold(split_legal_form(name)[0])
