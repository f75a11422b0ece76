"""What is compared of a party: its names, codes and places, folded once so that comparing is quick."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from filo.foundation.folding import fold
from filo.foundation.italy.company_names import split_legal_form
from filo.foundation.italy.errors import InvalidIdentity
from filo.foundation.italy.tax import birth_facts
from filo.operational.doubles.likeness.domains import domain_of_email, domain_of_web
from filo.operational.doubles.likeness.streets import split_street

PERSON, ORGANISATION = "person", "organisation"
_LONGEST = 300  # what is longer tells no more


class Place(NamedTuple):
    """Where a party is; "" for what is not known."""

    street: tuple[str, ...] = ()
    number: str = ""
    postal_code: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Traits:
    """A party as it is compared. Everything is folded, everything is optional but the kind.

    `more` are columns of a file that no party has; a model of that file says how they are compared.
    """

    kind: str
    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    name: tuple[str, ...] = ()  # of an organisation, without its legal form
    legal_form: str = ""
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()  # its own ones, no provider's
    vat: str = ""
    codice_fiscale: str = ""
    birth_date: str = ""  # 19700131
    places: tuple[Place, ...] = ()
    more: tuple[str, ...] = ()


def traits_of(
    kind: str,
    *,
    given_name: str = "",
    family_name: str = "",
    legal_name: str = "",
    legal_form: str = "",
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
    webs: Iterable[str] = (),
    vat_number: str = "",
    codice_fiscale: str = "",
    birth_date: date | None = None,
    addresses: Iterable[tuple[str, str, str]] = (),
    more: Iterable[str] = (),
) -> Traits:
    """The traits of what is written: phones in E.164, addresses as (street with its number, postal code, city).

    The birth date is taken from a person's codice fiscale where it is not given.
    """
    core, form = split_legal_form(legal_name) if legal_name else ("", "")
    written_to = frozenset(email.strip().lower() for email in emails if email.strip())
    own = {domain_of_email(email) for email in written_to} | {domain_of_web(web) for web in webs}
    code = codice_fiscale.strip().upper()
    return Traits(
        kind=kind,
        given=name_words(given_name),
        family=name_words(family_name),
        name=firm_words(core),
        legal_form=fold(form or legal_form).replace(" ", ""),
        emails=written_to,
        phones=frozenset(phones),
        domains=frozenset(own - {""}),
        vat=vat_number.strip().upper().removeprefix("IT"),
        codice_fiscale=code,
        birth_date=birth_date.strftime("%Y%m%d") if birth_date else _born(kind, code),
        places=tuple(dict.fromkeys(place for place in map(place_of, addresses) if any(place))),
        more=tuple(more),
    )


def place_of(address: tuple[str, str, str]) -> Place:
    """A written address, taken apart."""
    street, number = split_street(address[0][:_LONGEST])
    return Place(street, number, address[1].replace(" ", "").lower(), fold(address[2][:_LONGEST]))


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a person's name."""
    return tuple(fold(name[:_LONGEST]).split())


def firm_words(name: str) -> tuple[str, ...]:
    """The folded words of a firm's name, without the little ones: "Rossi & Figli" is "Rossi e Figli"."""
    text = f" {fold(_WITHOUT_REMARK.sub(' ', name[:_LONGEST]) or name[:_LONGEST])} ".replace(" f lli ", " fratelli ")
    words = [_IN_FULL.get(word, word) for word in text.split()]
    return tuple(word for word in words if word not in _LITTLE) or tuple(words)


def _born(kind: str, code: str) -> str:
    if kind != PERSON or len(code) != 16:
        return ""
    try:
        return birth_facts(code)[0].strftime("%Y%m%d")
    except InvalidIdentity:
        return ""


_WITHOUT_REMARK = re.compile(r"(?<=\S)\s*\([^()]*\)")
_IN_FULL = {
    "flli": "fratelli",
    "rist": "ristorante",
    "arred": "arredamenti",
    "costr": "costruzioni",
    "imm": "immobiliare",
}
_LITTLE_WORDS = """
    e ed and et und y di de del della dei degli delle dal dalla da il lo la i gli le l the of a al alla c co in
    on at n
"""
_LITTLE = frozenset(_LITTLE_WORDS.split())
