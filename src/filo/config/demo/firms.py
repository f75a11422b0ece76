"""Firms, shops, studios and public bodies with believable names, numbers and the people one meets there."""

from __future__ import annotations

import random
from dataclasses import dataclass

from filo.config.demo import numbers
from filo.config.demo.names import FEMALE, MALE, Name, slug, some_name
from filo.config.demo.people import Pen, contact
from filo.config.demo.places import Place, mobile
from filo.config.demo.roster import Facts, Guest, Link
from filo.config.demo.trades import FANCY, HEROES, TRADES, Trade

_WEIGHTS = [trade.weight for trade in TRADES]


@dataclass(frozen=True)
class Firm:
    """A firm's facts with what its contacts need: the domain of its mailboxes, its trade, its owner."""

    facts: Facts
    domain: str
    trade: Trade
    owner: Name


def some_trade(rng: random.Random) -> Trade:
    """A trade, the frequent ones more often."""
    return rng.choices(TRADES, _WEIGHTS)[0]


def firm(
    pen: Pen, place: Place, trade: Trade, *, sign: str = "", form: str | None = None, unreached: float = 0.0
) -> Firm:
    """A firm of this trade in this place; of which the share `unreached` has no contact points yet."""
    rng, owner = pen.rng, some_name(pen.rng)
    sign = sign or _sign(pen, place, trade, owner)
    form = rng.choice(trade.forms) if form is None else form
    is_sole = not form and trade.forms.count("") > 1 and not trade.public
    name = _legal_name(rng, sign, form, owner, is_sole=is_sole)
    domain = _domain(pen, place, sign, trade)
    facts = {
        "kind": "organisation",
        "legal_name": name,
        "sector": trade.sector,
        "language": "it",
        **_tax_facts(rng, place, trade, is_sole=is_sole),
        "contact_points": _points(rng, place, domain, trade) if rng.random() >= unreached else [],
        "addresses": _addresses(rng, place, trade),
    }
    return Firm(facts, domain, trade, owner)


def _sign(pen: Pen, place: Place, trade: Trade, owner: Name) -> str:
    words = {
        "family": owner.family,
        "woman": pen.rng.choice(FEMALE),
        "man": pen.rng.choice(MALE),
        "fancy": pen.rng.choice(FANCY),
        "city": place.comune.name,
        "hero": pen.rng.choice(HEROES),
    }
    sign = pen.rng.choice(trade.signs).format(**words)
    if sign in pen.taken and place.comune.name not in sign:
        sign = f"{sign} {place.comune.name}"
    return pen.unused(sign, "{} {}")


def _legal_name(rng: random.Random, sign: str, form: str, owner: Name, *, is_sole: bool) -> str:
    if is_sole:
        return f"{sign} di {owner.full}" if rng.random() < 0.6 else sign
    if form in ("S.n.c.", "S.a.s.") and rng.random() < 0.6:
        return f"{sign} {form} di {owner.family} {owner.given} & C."
    return f"{sign} {form}".strip()


def _domain(pen: Pen, place: Place, sign: str, trade: Trade) -> str:
    if sign.startswith("Comune di "):
        return pen.unused(f"comune.{slug(place.comune.name)}.{place.comune.province.lower()}.example", "{1}.{0}")
    joiner = pen.rng.choice(("", "", "-"))
    return pen.unused(f"{slug(sign, joiner)[:40].strip('-')}.example", "{1}.{0}")


def _tax_facts(rng: random.Random, place: Place, trade: Trade, *, is_sole: bool) -> dict[str, str]:
    if trade.public:
        code = numbers.public_body_code(rng)
        return {"codice_fiscale": code, "sdi_code": numbers.sdi_code(rng, public=True)}
    number = numbers.vat_number(rng, place.tax_office)
    found = {"vat_number": number, "sdi_code": numbers.sdi_code(rng) if rng.random() < 0.8 else ""}
    return found if is_sole else {**found, "codice_fiscale": number}


def _points(rng: random.Random, place: Place, domain: str, trade: Trade) -> list[dict[str, str]]:
    points = [{"type": "phone", "value": place.phone(rng)}] if rng.random() < 0.9 else []
    points += [{"type": "email", "value": f"info@{domain}"}] if rng.random() < 0.85 or not points else []
    if trade.public:
        points.append({"type": "pec", "value": f"protocollo@pec.{domain}"})
    elif rng.random() < 0.6:
        points.append({"type": "pec", "value": f"{domain.partition('.')[0]}@pec.impresa.example"})
    points += [{"type": "mobile", "value": mobile(rng)}] if rng.random() < 0.25 else []
    points += [{"type": "fax", "value": place.phone(rng)}] if rng.random() < 0.15 else []
    points += [{"type": "web", "value": f"www.{domain}"}] if rng.random() < 0.5 else []
    return points


def _addresses(rng: random.Random, place: Place, trade: Trade) -> list[dict[str, str]]:
    found = [place.address(rng)]
    if not trade.public and rng.random() < 0.12:
        found.append(place.address(rng, use="shipping"))
    return found


def with_contacts(pen: Pen, found: Firm, many: int) -> tuple[tuple[Guest, ...], tuple[Link, ...]]:
    """A firm with `many` people one speaks with; whose name is on the sign comes first."""
    names = [found.owner] if not found.trade.public else []
    names += [some_name(pen.rng) for _number in range(many - len(names))]
    jobs = pen.rng.sample(found.trade.jobs[1:], k=min(len(found.trade.jobs) - 1, max(0, many - 1)))
    jobs = [found.trade.jobs[0], *jobs]
    guests = [Guest(found.facts)]
    links = []
    for place, name in enumerate(names[:many], start=1):
        job = jobs[(place - 1) % len(jobs)]
        role = "owner" if job == "Titolare" else pen.rng.choice(("contact", "contact", "employee"))
        guests.append(Guest(contact(pen, name, found.domain)))
        links.append(Link(place, 0, role, job, pen.rng.randint(2009, 2023)))
    return tuple(guests), tuple(links)
