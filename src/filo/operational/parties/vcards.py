"""Parties as vCards (RFC 2426, version 3.0), as telephones read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.prepared import Prepared
from filo.operational.parties.models import Address, ContactPoint
from filo.operational.parties.queries.taken import PLACES, Row, of_parties, taken_parties

POINT = ("type", "value", "normalised", "extension", "label", "preferred")
PLACE = ("use", "street", "locality", "postal_code", "city", "province", "country")
WIDTH = 75  # octets of a line, the first space of a folded one included
_TELEPHONES = {"mobile": "TEL;TYPE=CELL", "phone": "TEL;TYPE=WORK,VOICE", "fax": "TEL;TYPE=WORK,FAX"}
_ADDRESSES = {"home": "ADR;TYPE=HOME", "billing": "ADR;TYPE=WORK,POSTAL", "shipping": "ADR;TYPE=WORK,PARCEL"}


@dataclass(frozen=True)
class Holder:
    """Whose card it is: facts, and how they are reached."""

    facts: Row
    points: Sequence[Row] = ()
    addresses: Sequence[Row] = ()
    firm: tuple[str, str] = ("", "")

    def fact(self, name: str) -> Any:
        """One of the facts."""
        return self.facts[PLACES[name]]


def cards_of(principal: Principal, ids: Sequence[UUID]) -> list[str]:
    """The cards of these parties, without what is hidden from this principal."""
    found, hidden = taken_parties(principal, ids, ("firms",)), principal.hidden("party")
    points, places = _grouped(_POINTS.plain(ids=ids)), _grouped(_PLACES.plain(ids=ids))
    return [
        vcard(Holder(row, points.get(row[0], ()), places.get(row[0], ()), found.firms.get(row[0], ("", ""))), hidden)
        for row in found.facts
    ]


def vcard(party: Holder, hidden: frozenset[str]) -> str:
    """One card, its lines folded and ended as the standard has it; without the fields that are `hidden`."""
    return "".join(f"{_folded(line)}\r\n" for line in _lines(party, hidden))


_POINTS = Prepared(lambda: of_parties(ContactPoint.objects.order_by("-preferred", "position", "id"), *POINT))
_PLACES = Prepared(lambda: of_parties(Address.objects.order_by("position", "id"), *PLACE))


def _grouped(rows: Sequence[Row]) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = {}
    for key, *row in rows:
        found.setdefault(key, []).append(tuple(row))
    return found


def _lines(party: Holder, hidden: frozenset[str]) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"UID:urn:uuid:{UUID(str(party.fact('id')))}"
    yield f"FN:{_text(party.fact('display_name'))}"
    if party.fact("kind") == "person":
        yield f"N:{_parts((party.fact('family_name'), party.fact('given_name'), '', party.fact('title'), ''))}"
        firm, title = party.firm
        if firm:
            yield f"ORG:{_text(firm)}"
        if title:
            yield f"TITLE:{_text(title)}"
    else:
        yield "N:;;;;"
        yield f"ORG:{_text(party.fact('legal_name') or party.fact('display_name'))}"
        yield "X-ABShowAs:COMPANY"
    yield from _reached(party)
    if party.fact("birth_date") and "birth_date" not in hidden:
        yield f"BDAY:{party.fact('birth_date')}"
    if party.fact("notes") and "notes" not in hidden:
        yield f"NOTE:{_text(party.fact('notes'))}"
    yield "END:VCARD"


def _reached(party: Holder) -> Iterator[str]:
    for number, (type_, value, normalised, extension, label, preferred) in enumerate(party.points, start=1):
        liked = ",PREF" if preferred else ""
        word = label or ("PEC" if type_ == "pec" else "")
        group = f"item{number}." if word else ""
        if type_ in _TELEPHONES:
            yield f"{group}{_TELEPHONES[type_]}{liked}:{normalised}{f';ext={extension}' if extension else ''}"
        elif type_ in ("email", "pec"):
            yield f"{group}EMAIL;TYPE=INTERNET{liked}:{_text(value)}"
        elif type_ == "web":
            yield f"{group}URL:{value}"  # an address is no text: a comma in it stays as it is
        else:
            yield f"{group}X-SOCIALPROFILE:{_text(value)}"
        if word:
            yield f"item{number}.X-ABLabel:{_text(word)}"
    for use, street, locality, postal_code, city, province, country in party.addresses:
        parts = ("", locality, street, city, province, postal_code, country)
        yield f"{_ADDRESSES.get(use, 'ADR;TYPE=WORK')}:{_parts(parts)}"


def _text(value: Any) -> str:
    plain = str(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _parts(values: Sequence[Any]) -> str:
    return ";".join(_text(value or "") for value in values)


def _folded(line: str) -> str:
    """No line over 75 octets, and no letter cut in two."""
    if len(line) * 4 <= WIDTH or len(line.encode()) <= WIDTH:
        return line
    parts, part, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > WIDTH:
            parts.append(part)
            part, size = "", 1  # the space that a further line begins with
        part, size = part + letter, size + width
    return "\r\n ".join([*parts, part])
