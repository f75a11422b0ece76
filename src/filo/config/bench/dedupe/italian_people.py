"""A made set of Italian people: families at one address, shared telephones, pet names, slips, moved houses, doubles."""

from __future__ import annotations

import random
import string
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from stdnum.it import codicefiscale

from filo.config.bench.dedupe.words import (
    CALLED,
    COMMON,
    GIVEN,
    PROVIDERS,
    RARE,
    STREETS,
    TOWNS,
    slip,
    written_otherwise,
)
from filo.foundation.folding import fold
from filo.foundation.italy.tax import family_name_code, given_name_code

_MONTHS = "ABCDEHLMPRST"


@dataclass(frozen=True)
class Row:
    """A line of the file, named as its headers."""

    nome: str
    cognome: str
    data_di_nascita: str
    codice_fiscale: str
    email: str
    telefono: str
    cellulare: str
    indirizzo: str
    cap: str
    citta: str
    cluster: int


def people(count: int, *, seed: int) -> list[dict[str, str | int]]:
    """`count` rows in a chance order; one in four people is there a second or third time."""
    chance = random.Random(seed)  # noqa: S311 - a made set, the same each time
    rows: list[Row] = []
    while len(rows) < count:
        for person in _household(chance, first=len(rows)):
            rows.append(person)
            rows += [_again(chance, person) for _copy in range(chance.choice((0, 0, 0, 0, 0, 0, 1, 1, 2)))]
    rows = rows[:count]
    chance.shuffle(rows)
    return [asdict(row) for row in rows]


def _household(chance: random.Random, *, first: int) -> list[Row]:
    """One person, or a family: one address, often one number, sometimes one letter box."""
    family = chance.choice(COMMON) if chance.random() < 0.4 else chance.choice(RARE)
    town, postal_code, code = chance.choice(TOWNS)
    street = f"{chance.choice(STREETS)}, {chance.randrange(1, 160)}{chance.choice(['', '', '', '/A', ' bis'])}"
    number = f"0{chance.randrange(2, 99)} {chance.randrange(200_000, 9_999_999)}"
    letter_box = f"famiglia.{fold(family).replace(' ', '')}{chance.randrange(1, 99)}@{chance.choice(PROVIDERS)}"
    shares_number, shares_box = chance.random() < 0.7, chance.random() < 0.3
    size = chance.choice((1, 1, 1, 2, 3, 4))
    names = chance.sample(GIVEN, size)
    if size > 2 and chance.random() < 0.1:  # named after the grandfather
        names[2] = names[0]
    found = []
    for place, given in enumerate(names):
        own = family if place != 1 or chance.random() < 0.3 else chance.choice(COMMON + RARE)  # wives keep their name
        born = date(1935, 1, 1) + timedelta(days=chance.randrange(0, 25_000))
        box = letter_box if shares_box and size > 1 else _letter_box(chance, given, own)
        found.append(
            Row(
                nome=given,
                cognome=own,
                data_di_nascita=born.strftime("%d/%m/%Y") if chance.random() < 0.5 else "",
                codice_fiscale=_tax_code(given, own, born, code) if chance.random() < 0.35 else "",
                email=box if chance.random() < 0.7 else "",
                telefono=number if shares_number and chance.random() < 0.8 else "",
                cellulare=_mobile(chance) if chance.random() < 0.6 else "",
                indirizzo=street if chance.random() < 0.8 else "",
                cap=postal_code,
                citta=town,
                cluster=first * 10 + place,
            )
        )
    return found


def _again(chance: random.Random, row: Row) -> Row:
    """The same person as written down another day by somebody else."""
    for change in (_name, _reached, _place, _left_out):
        row = change(chance, row)
    return row


def _name(chance: random.Random, row: Row) -> Row:
    given, family = row.nome, row.cognome
    what = chance.random()
    if what < 0.15 and given in CALLED:
        given = chance.choice(CALLED[given])
    elif what < 0.23:
        given = slip(chance, given)
    elif what < 0.38:
        family = slip(chance, family)
    elif what < 0.42:
        given, family = family, given
    elif what < 0.46:
        given = f"{given[0]}."
    elif what < 0.49:
        given = f"{given} {chance.choice(GIVEN)}"
    elif what < 0.52:
        given, family = given.upper(), family.upper()
    elif what < 0.56:
        family = family.replace(" ", "").replace("'", "")
    return replace(row, nome=given, cognome=family)


def _reached(chance: random.Random, row: Row) -> Row:
    what = chance.random()
    email, mobile = row.email, row.cellulare
    if what < 0.15:
        email = _letter_box(chance, row.nome, row.cognome)
    elif what < 0.2 and email:
        email = slip(chance, email.partition("@")[0]) + "@" + email.partition("@")[2]
    what = chance.random()
    if what < 0.12:
        mobile = _mobile(chance)
    elif what < 0.18 and mobile:
        mobile = slip(chance, mobile.replace(" ", ""))
    elif mobile:
        mobile = chance.choice([mobile, "+39 " + mobile, mobile.replace(" ", ""), mobile.replace(" ", "-")])
    return replace(row, email=email, cellulare=mobile)


def _place(chance: random.Random, row: Row) -> Row:
    if chance.random() < 0.15:  # moved
        town, postal_code, _code = chance.choice(TOWNS)
        street = f"{chance.choice(STREETS)}, {chance.randrange(1, 160)}"
        return replace(row, indirizzo=street, cap=postal_code, citta=town, telefono="")
    if row.indirizzo:
        return replace(row, indirizzo=written_otherwise(chance, row.indirizzo))
    return row


def _left_out(chance: random.Random, row: Row) -> Row:
    """Something is left out, but never all by which anybody could tell that it is the same person."""
    kept = {
        name: value
        for name, value in asdict(row).items()
        if name in ("nome", "cognome", "cluster") or chance.random() < 0.72
    }
    telling = ("email", "cellulare", "codice_fiscale", "data_di_nascita", "indirizzo")
    if not any(kept.get(name) for name in telling):
        kept |= {name: getattr(row, name) for name in telling}
    if kept.get("codice_fiscale") and chance.random() < 0.04:
        kept["codice_fiscale"] = slip(chance, str(kept["codice_fiscale"])).upper()
    empty = dict.fromkeys(asdict(row), "")
    return Row(**(empty | kept))


def _letter_box(chance: random.Random, given: str, family: str) -> str:
    first, last = fold(given).replace(" ", ""), fold(family).replace(" ", "")
    local = chance.choice([f"{first}.{last}", f"{first[:1]}.{last}", f"{last}.{first}", f"{first}{last}"])
    return f"{local}{chance.choice(['', '', str(chance.randrange(1, 99))])}@{chance.choice(PROVIDERS)}"


def _mobile(chance: random.Random) -> str:
    digits = "".join(chance.choice(string.digits) for _each in range(7))
    return f"3{chance.choice(['20', '28', '33', '38', '40', '47', '49', '51', '66', '92'])} {digits}"


def _tax_code(given: str, family: str, born: date, town: str) -> str:
    female = given.endswith("a") and given not in ("Andrea", "Luca", "Nicola")
    start = family_name_code(family) + given_name_code(given) + f"{born:%y}{_MONTHS[born.month - 1]}"
    code = f"{start}{born.day + (40 if female else 0):02}{town}"
    return code + str(codicefiscale.calc_check_digit(code))
