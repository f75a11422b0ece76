"""All the customers of the demo: who they are, whose they are, and which of them have a story."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from filo.config.demo.firms import firm, some_trade, with_contacts
from filo.config.demo.names import Name, polite, some_name
from filo.config.demo.people import Pen, family, person
from filo.config.demo.places import Place, some_place
from filo.config.demo.roster import Guest, Household, Link, Tie
from filo.config.demo.trades import CASA, MODA, SUPPLIERS, TRADES, Trade

SEED = 42
_LINES = {MODA: ("donna", "uomo", "bambino"), CASA: ("soggiorno", "ufficio", "contract")}
_COLLEAGUE = {"agente.uno": "agente.due", "agente.due": "agente.uno"}
# (plot, weight, fewest and most days since the beginning)
_PLOTS = (
    ("loyal", 50, 800, 1800),
    ("lost", 10, 900, 1750),
    ("back", 4, 1150, 1750),
    ("negotiating", 19, 60, 420),
    ("cold", 10, 120, 900),
    ("new", 7, 8, 55),
)


@dataclass(frozen=True)
class Size:
    """How many households have a story, and how many are only known (with contacts some 2,000 parties)."""

    stories: int = 300
    known: int = 1020


FEW = Size(stories=6, known=30)


@dataclass(frozen=True)
class Cast:
    """Those with a story, and those only known."""

    stories: Sequence[Household]
    known: Sequence[Household]


def cast(size: Size) -> Cast:
    """The same customers every time; the first ones do not depend on the size."""
    stories_pen, known_pen = Pen(random.Random(SEED)), Pen(random.Random(SEED + 1))  # noqa: S311
    stories = [_with_plot(stories_pen.rng, _household(stories_pen, owned=0.9, busy=True)) for _n in range(size.stories)]
    known_pen.taken |= stories_pen.taken
    known = [_known(known_pen, number) for number in range(size.known)]
    return Cast(stories, known)


def _with_plot(rng: random.Random, found: Household) -> Household:
    plot, _weight, fewest, most = rng.choices(_PLOTS, [row[1] for row in _PLOTS])[0]
    return replace(found, plot=plot, days=rng.randint(fewest, most))


def _known(pen: Pen, number: int) -> Household:
    if number % 50 == 7:
        return _supplier(pen)
    if number % 250 == 11:
        return _group(pen)
    found = _household(pen, owned=0.6, busy=False)
    stage = pen.rng.choices(("", "prospect", "customer"), (58, 15, 27))[0]
    head = replace(found.head, ties=tuple(replace(tie, stage=stage) for tie in found.head.ties))
    return replace(found, guests=(head, *found.guests[1:]))


def _household(pen: Pen, *, owned: float, busy: bool) -> Household:
    place = some_place(pen.rng)
    chance = pen.rng.random()
    if chance < 0.60:
        return _firm(pen, place, owned=owned, busy=busy)
    ties = _person_ties(pen.rng, place)
    if chance < 0.68:
        guests, links = family(pen, place, ties)
        return Household(guests, place.area, links, who=who_of(guests[0]))
    guest = Guest(person(pen, place, some_name(pen.rng)), ties)
    return Household((guest,), place.area, who=who_of(guest))


def _firm(pen: Pen, place: Place, *, owned: float, busy: bool) -> Household:
    found = firm(pen, place, some_trade(pen.rng), unreached=0.0 if busy else 0.1)
    many = pen.rng.choices((1, 2, 3, 4), (50, 32, 13, 5))[0] if busy else pen.rng.choices((0, 1, 2), (62, 30, 8))[0]
    guests, links = with_contacts(pen, found, many)
    head = replace(guests[0], ties=_firm_ties(pen.rng, place, found.trade, owned=owned))
    return Household((head, *guests[1:]), place.area, links, who=who_of(guests[1] if many else head))


def who_of(guest: Guest) -> str:
    """How colleagues call whom they speak with; *il referente* where they know nobody yet."""
    facts = guest.facts
    if facts["kind"] == "organisation":
        return "il referente"
    return polite(Name(facts["given_name"], facts["family_name"], facts["gender"], facts["title"]))


def agent_of(place: Place) -> str:
    """The mailbox of the agent who looks after a place."""
    if place.area == "nord":
        return "agente.due" if place.is_north_east else "agente.uno"
    return f"agente.{place.area}"


def _firm_ties(rng: random.Random, place: Place, trade: Trade, *, owned: float) -> tuple[Tie, ...]:
    """One tie for all products or one line; sometimes two lines, in the North at times with two agents."""
    owner = agent_of(place) if rng.random() < owned else ""
    other = _COLLEAGUE.get(owner, owner)
    channel = "agenti" if owner else rng.choice(("telefono", "web", "negozi"))
    lines = rng.sample(_LINES[trade.company], k=2)
    chance = rng.random()
    if chance < 0.80:
        members = (other,) if other != owner and rng.random() < 0.15 else ()
        line = lines[0] if chance < 0.40 else ""
        return (Tie(trade.company, line, channel, owner, members),)
    second = other if rng.random() < 0.5 else owner
    return tuple(Tie(trade.company, line, channel, who) for line, who in zip(lines, (owner, second), strict=True))


def _person_ties(rng: random.Random, place: Place) -> tuple[Tie, ...]:
    owner = agent_of(place) if rng.random() < 0.15 else ""
    channel = rng.choice(("negozi", "negozi", "web", "telefono"))
    line = rng.choice(_LINES[MODA]) if rng.random() < 0.6 else ""
    return (Tie(MODA, line, channel, owner),)


def _supplier(pen: Pen) -> Household:
    """Somebody we buy from: no relationship, no funnel."""
    place, trade = some_place(pen.rng), pen.rng.choice(SUPPLIERS)
    guests, links = with_contacts(pen, firm(pen, place, trade), 1)
    return Household(guests, place.area, links)


def _group(pen: Pen) -> Household:
    """A holding with three hotels."""
    place = some_place(pen.rng)
    trade = next(trade for trade in TRADES if trade.sector == "Alberghi")
    holding = firm(pen, place, trade, sign=f"Gruppo Alberghiero {some_name(pen.rng).family}", form="S.p.A.")
    hotels = [firm(pen, place, trade).facts for _number in range(3)]
    ties = (Tie(CASA, "contract", "agenti", agent_of(place), stage="customer"),)
    guests = (Guest(holding.facts, ties), *(Guest(facts, ties) for facts in hotels))
    return Household(guests, place.area, tuple(Link(number, 0, "part-of") for number in (1, 2, 3)))
