"""A made set of Italian firms: legal forms written five ways, branches, groups under one roof, and doubles."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass, replace
from typing import Any

from stdnum import luhn

from filo.config.bench.dedupe.words import COMMON, GIVEN, PROVIDERS, RARE, STREETS, TOWNS, slip, written_otherwise
from filo.foundation.folding import fold

_WHAT_WORDS = """
    Arredamenti Costruzioni Impianti Trasporti Autofficina Ristorante Pizzeria Bar Farmacia Ottica Gioielleria Mobili
    Abbigliamento Calzature Edilizia Immobiliare Elettronica Panificio Pasticceria Legnami Ceramiche Serramenti Tessuti
"""
_WHAT = _WHAT_WORDS.split()
_FORMS = {
    "S.r.l.": ("S.r.l.", "SRL", "srl", "S.R.L", "società a responsabilità limitata", ""),
    "S.p.A.": ("S.p.A.", "SPA", "spa", "Società per azioni", ""),
    "S.n.c.": ("S.n.c.", "SNC", "snc", ""),
    "S.a.s.": ("S.a.s.", "SAS", "sas", ""),
    "": ("", ""),
}


# How often somebody knows it who writes the firm down.
_KNOWN = {
    "partita_iva": 0.45,
    "email": 0.55,
    "telefono": 0.7,
    "sito_web": 0.35,
    "indirizzo": 0.8,
    "cap": 0.8,
    "citta": 0.95,
}


@dataclass(frozen=True)
class Row:
    """A line of the file, named as its headers."""

    ragione_sociale: str
    partita_iva: str
    email: str
    telefono: str
    sito_web: str
    indirizzo: str
    cap: str
    citta: str
    cluster: int


def firms(count: int, *, seed: int) -> list[dict[str, str | int]]:
    """`count` rows in a chance order; one in four firms is there a second or third time."""
    chance = random.Random(seed)  # noqa: S311 - a made set, the same each time
    rows: list[Row] = []
    while len(rows) < count:
        for firm in _group(chance, first=len(rows)):
            rows.append(_written(chance, firm))
            rows += [_again(chance, firm) for _copy in range(chance.choice((0, 0, 0, 0, 0, 0, 1, 1, 2)))]
    rows = rows[:count]
    chance.shuffle(rows)
    return [asdict(row) for row in rows]


def _group(chance: random.Random, *, first: int) -> list[Row]:
    """A firm; sometimes with a sister under its roof, or with others of its name in other towns."""
    firm = _firm(chance, first * 10)
    kind = chance.random()
    if kind < 0.12:  # a sister: same owner, place, number; another trade, another P.IVA
        core = firm.ragione_sociale.partition("|")[0].split()[0]
        name = f"{core} {chance.choice([trade for trade in _WHAT if trade not in firm.ragione_sociale])}|S.r.l."
        return [firm, replace(firm, ragione_sociale=name, partita_iva=_vat(chance), cluster=first * 10 + 1)]
    if kind < 0.2:  # one of the many of that name
        other = _firm(chance, first * 10 + 1)
        return [firm, replace(other, ragione_sociale=firm.ragione_sociale)]
    return [firm]


def _firm(chance: random.Random, cluster: int) -> Row:
    owner = chance.choice(COMMON) if chance.random() < 0.4 else chance.choice(RARE)
    trade = chance.choice(_WHAT)
    patterns = (
        f"{owner} {trade}",
        f"{trade} {owner}",
        f"{owner} & Figli",
        f"Fratelli {owner}",
        f"{trade} {chance.choice(GIVEN)}",
        f"{trade} {owner} & C.",
        f"{chance.choice(RARE)[:5]}{trade[:5].lower()}",
        f"{trade} Da {chance.choice(GIVEN)}",
    )
    name = chance.choice(patterns)
    town, postal_code, _code = chance.choice(TOWNS)
    domain = f"{fold(name).replace(' ', '')}{chance.choice(['', '', str(chance.randrange(99))])}.it"
    provider = chance.choice(PROVIDERS)
    box = f"info@{domain}" if chance.random() < 0.6 else f"{domain.removesuffix('.it')}@{provider}"
    return Row(
        ragione_sociale=f"{name}|{chance.choice(list(_FORMS))}",
        partita_iva=_vat(chance),
        email=box,
        telefono=f"0{chance.randrange(2, 99)} {chance.randrange(200_000, 9_999_999)}",
        sito_web=f"www.{domain}",
        indirizzo=f"{chance.choice(STREETS)}, {chance.randrange(1, 200)}",
        cap=postal_code,
        citta=town,
        cluster=cluster,
    )


def _written(chance: random.Random, firm: Row) -> Row:
    """As somebody writes it down: the form in one of its ways, and not all that there is to know."""
    name, _bar, form = firm.ragione_sociale.partition("|")
    row = replace(firm, ragione_sociale=f"{name} {chance.choice(_FORMS[form])}".strip())
    return Row(**{code: _if_known(chance, code, value) for code, value in asdict(row).items()})


def _if_known(chance: random.Random, code: str, value: Any) -> Any:
    return value if chance.random() < _KNOWN.get(code, 1.0) else ""


def _again(chance: random.Random, firm: Row) -> Row:
    name, _bar, form = firm.ragione_sociale.partition("|")
    what = chance.random()
    if what < 0.15:
        name = slip(chance, name)
    elif what < 0.25:
        name = " ".join(reversed(name.split())) if "&" not in name else name.replace("&", "e")
    elif what < 0.35:
        name = name.upper()
    elif what < 0.42:
        name = name.replace("Fratelli", "F.lli").replace(" & C.", "")
    row = replace(firm, ragione_sociale=f"{name}|{form}")
    if chance.random() < 0.1:
        town, postal_code, _code = chance.choice(TOWNS)
        row = replace(
            row, indirizzo=f"{chance.choice(STREETS)}, {chance.randrange(1, 200)}", cap=postal_code, citta=town
        )
    else:
        row = replace(row, indirizzo=written_otherwise(chance, row.indirizzo))
    if chance.random() < 0.06:
        row = replace(row, telefono=slip(chance, row.telefono))
    if chance.random() < 0.2:
        row = replace(row, email=f"{chance.choice(['vendite', 'ordini', 'amministrazione'])}@{row.sito_web[4:]}")
    written = _written(chance, row)
    telling = (written.partita_iva, written.email, written.telefono, written.indirizzo, written.sito_web)
    return written if any(telling) else replace(written, telefono=row.telefono, indirizzo=row.indirizzo, cap=row.cap)


def _vat(chance: random.Random) -> str:
    start = f"{chance.randrange(1, 9_999_999):07}{chance.randrange(1, 100):03}"
    return start + luhn.calc_check_digit(start)
