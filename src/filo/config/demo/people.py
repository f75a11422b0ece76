"""Private customers, families that share one address, and the people one speaks with in a firm."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

from filo.config.demo import numbers
from filo.config.demo.names import Name, slug, some_name
from filo.config.demo.places import Place, mobile, some_place
from filo.config.demo.roster import Facts, Guest, Link, Tie

_MAILBOXES = ("posta.example", "mailbox.example", "libera.example", "casella.example", "rete.example")
_REMARKS = (
    "Preferisce le telefonate dopo le 17.",
    "Meglio scrivere che telefonare.",
    "Paga sempre puntuale.",
    "Chiede la fattura a ogni acquisto.",
    "Attenzione: non vuole fibre sintetiche.",
    "Passa di solito il sabato mattina.",
    "Ci ha conosciuti alla fiera di primavera.",
)


@dataclass
class Pen:
    """What writes the customers: the seeded dice, and the addresses and names already given away."""

    rng: random.Random
    taken: set[str] = field(default_factory=set)

    def unused(self, wanted: str, again: str = "{}{}") -> str:
        """`wanted`, or the same with a number that nobody has yet."""
        found, number = wanted, 1
        while found in self.taken:
            number += 1
            found = again.format(wanted, number)
        self.taken.add(found)
        return found


def person(pen: Pen, place: Place, name: Name, *, email: str | None = None, home: Facts | None = None) -> Facts:
    """A private customer; with `email` and `home` those of the family (an empty `email` is none)."""
    rng = pen.rng
    born = _birthday(rng) if rng.random() < 0.8 else None
    mail = (own_email(pen, name, born) if rng.random() < 0.82 else "") if email is None else email
    points = [{"type": "mobile", "value": mobile(rng)}] if rng.random() < 0.85 or not mail else []
    points += [{"type": "email", "value": mail}] if mail else []
    points += [{"type": "phone", "value": place.phone(rng), "label": "casa"}] if rng.random() < 0.2 else []
    birthplace = place.comune if rng.random() < 0.7 else some_place(rng).comune
    has_code = born and name.language == "it" and rng.random() < 0.7
    return {
        **_identity(name),
        "birth_date": born,
        "codice_fiscale": numbers.codice_fiscale(name.given, name.family, born, name.gender, birthplace)
        if born and has_code
        else "",
        "contact_points": points,
        "addresses": [home or place.address(rng)] if rng.random() < 0.9 else [],
        "notes": rng.choice(_REMARKS) if rng.random() < 0.06 else "",
    }


def _identity(name: Name) -> dict[str, object]:
    return {
        "kind": "person",
        "title": name.title,
        "given_name": name.given,
        "family_name": name.family,
        "gender": name.gender,
        "language": name.language,
    }


def _birthday(rng: random.Random) -> date:
    return date.fromordinal(date(1946, 1, 1).toordinal() + rng.randrange(58 * 365))


def own_email(pen: Pen, name: Name, born: date | None) -> str:
    """A mailbox as people choose them: with a dot, with the year of birth, the first letter alone."""
    given, family = slug(name.given) or "posta", slug(name.family) or "famiglia"
    shapes = [f"{given}.{family}", f"{family}.{given}", f"{given[0]}.{family}"]
    shapes += [f"{given}{family}{born.year % 100:02d}"] if born else []
    box, domain = pen.rng.choice(shapes), pen.rng.choice(_MAILBOXES)
    return pen.unused(f"{box}@{domain}", "{1}.{0}")


def family(pen: Pen, place: Place, ties: tuple[Tie, ...]) -> tuple[tuple[Guest, ...], tuple[Link, ...]]:
    """A couple, often with a grown-up child, who share a mailbox and a home."""
    rng = pen.rng
    first, second = some_name(rng, gender="female"), some_name(rng, gender="male")
    mail = pen.unused(f"famiglia.{slug(second.family)}@{rng.choice(_MAILBOXES)}", "{1}.{0}")
    home = place.address(rng)
    names = [first, second]
    links = [Link(1, 0, "spouse")]
    if rng.random() < 0.5:
        names.append(some_name(rng, family=second.family))
        links.append(Link(0, 2, "parent"))
    guests = [Guest(person(pen, place, name, email=mail, home=home)) for name in names]
    return (Guest(guests[0].facts, ties), Guest(guests[1].facts, ties), *guests[2:]), tuple(links)


def contact(pen: Pen, name: Name, domain: str) -> Facts:
    """Somebody one speaks with in a firm: a mailbox there, often a mobile."""
    rng = pen.rng
    box = f"{slug(name.given)[:1]}.{slug(name.family)}" if slug(name.family) else slug(name.given)
    points = [{"type": "email", "value": pen.unused(f"{box}@{domain}", "{1}.{0}")}]
    points += [{"type": "mobile", "value": mobile(rng)}] if rng.random() < 0.55 else []
    return {**_identity(name), "contact_points": points if rng.random() < 0.95 else points[1:]}
