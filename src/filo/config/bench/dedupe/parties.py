"""The rows of a file as parties to be compared, with the keys by which they meet."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from filo.config.bench.dedupe.rows import Meaning, prepared
from filo.foundation.folding import fold
from filo.foundation.italy.contact import normalise_phone
from filo.foundation.italy.errors import InvalidIdentity
from filo.operational.doubles.keys import keys_of
from filo.operational.doubles.likeness.commonness import OF_WORDS, Commonness
from filo.operational.doubles.likeness.contacts import digits_of_day
from filo.operational.doubles.likeness.traits import Traits, traits_of
from filo.operational.transfer.cells import emails_in, names_in, phones_in

_MOST_COLUMNS, _MANY_ROWS = 12, 20_000


def party_of(row: Sequence[str], kind: str, meant: Sequence[Meaning]) -> Traits:
    """A row as a party."""
    said: dict[str, list[str]] = defaultdict(list)
    more = []
    for meaning in meant:
        cell = row[meaning.place]
        if meaning.code:
            if cell:
                said[meaning.code].append(cell)
        else:
            more.append(prepared(cell, meaning.compared_as) if cell else "")
    given, family = _names(said)
    traits = traits_of(
        kind,
        given_name=given,
        family_name=family,
        legal_name=_first(said, "legal_name"),
        emails=[email for cell in said["email"] + said["pec"] for email in emails_in(cell)],
        phones=[_phone(one) for cell in said["phone"] + said["mobile"] + said["fax"] for one in phones_in(cell)],
        webs=said["web"],
        vat_number=re.sub(r"\s", "", _first(said, "vat_number")),
        codice_fiscale=re.sub(r"\s", "", _first(said, "codice_fiscale")),
        addresses=[(_first(said, "street"), _first(said, "postal_code"), _first(said, "city"))],
        more=more,
    )
    born = _first(said, "birth_date")
    return replace(traits, birth_date=digits_of_day(born) or re.sub(r"\D", "", born)) if born else traits


def _first(said: dict[str, list[str]], code: str) -> str:
    return said[code][0] if said[code] else ""


def _names(said: dict[str, list[str]]) -> tuple[str, str]:
    given, family = _first(said, "given_name"), _first(said, "family_name")
    if given or family:
        return given, family
    whole = _first(said, "full_name")
    _title, given, family = names_in(whole or _first(said, "name_reversed"), family_first=not whole)
    return given, family


def _phone(written: str) -> str:
    """In E.164 as Italians write it; anything else by its digits."""
    try:
        return normalise_phone(written).e164
    except InvalidIdentity:
        return re.sub(r"\D", "", written)


def commonness_of(parties: Sequence[Traits], meant: Sequence[Meaning]) -> Commonness:
    """How common each value is in the file."""
    values: dict[str, list[str]] = {
        "given_name": [" ".join(party.given) for party in parties if party.given],
        "family_name": [" ".join(party.family) for party in parties if party.family],
        "name": [word for party in parties for word in set(party.name)],
        "city": [place.city for party in parties for place in party.places if place.city],
        "email": [email for party in parties for email in party.emails],
        "phone": [phone for party in parties for phone in party.phones],
    }
    columns = [meaning.column for meaning in meant if not meaning.code]
    for place, column in enumerate(columns):
        cells = [party.more[place] for party in parties if party.more[place]]
        if column.compared_as in ("text", "phrase"):
            values[column.name] = cells
        if column.compared_as == "phrase":
            values[f"{column.name}{OF_WORDS}"] = [word for cell in cells for word in set(cell.split())]
    return Commonness.counted({name: cells for name, cells in values.items() if cells})


def keys_of_rows(
    parties: Sequence[Traits], rows: Sequence[Sequence[str]], meant: Sequence[Meaning]
) -> list[frozenset[str]]:
    """The keys of a party, and for a file with columns of any kind each value, two by two, and their beginnings."""
    most = _MOST_COLUMNS if len(rows) <= _MANY_ROWS else _MOST_COLUMNS // 2
    places = [meaning.place for meaning in meant][:most]
    folded = [[fold(row[place])[:60].replace(" ", "") for place in places] for row in rows]
    common = [Counter(cells[number] for cells in folded) for number in range(len(places))]
    return [
        keys_of(party) | frozenset(_of_cells(cells, common)) | frozenset(_of_phrases(party, meant))
        for party, cells in zip(parties, folded, strict=True)
    ]


def _of_cells(cells: Sequence[str], common: Sequence[Counter[str]]) -> Iterator[str]:
    told = [(number, cell) for number, cell in enumerate(cells) if cell]
    for number, cell in told:
        if len(cell) > 3 and common[number][cell] <= _MOST_ALIKE:
            yield f"{number}={cell}"
    for (first, one), (second, other) in combinations(told, 2):
        yield f"{first}={one}&{second}={other[:3]}"
        yield f"{first}={one[:3]}&{second}={other}"


_MOST_ALIKE = 60


def _of_phrases(party: Traits, meant: Sequence[Meaning]) -> Iterator[str]:
    """The longest words of a phrase, two by two."""
    columns = [meaning for meaning in meant if not meaning.code]
    for number, (meaning, cell) in enumerate(zip(columns, party.more, strict=True)):
        if meaning.compared_as == "phrase":
            words = sorted(set(cell.split()), key=lambda word: (-len(word), word))[:4]
            yield from (f"#{number}{min(pair)}+{max(pair)}" for pair in combinations(words, 2))
