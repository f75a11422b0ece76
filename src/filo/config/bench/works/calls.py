"""The API as programs use it."""

from __future__ import annotations

import random
import uuid
from typing import Any
from urllib.parse import quote_plus

from filo.config.bench.wire import Caller
from filo.config.bench.works.pages import narrowed
from filo.config.bench.works.work import Work

FOUND = b'"display_name"'
NAMES = ("Marco", "Anna", "Luca", "Sara")


def new_person(rng: random.Random) -> dict[str, Any]:
    """A person whom nobody knows yet."""
    mark = uuid.uuid4().hex[:12]
    street = {"street": f"Via Roma {rng.randrange(1, 200)}", "postal_code": "20121", "city": "Milano", "province": "MI"}
    return {
        "kind": "person",
        "given_name": rng.choice(NAMES),
        "family_name": f"Zprova {mark}",
        "contact_points": [
            {"type": "email", "value": f"z.{mark}@example.it"},
            {"type": "mobile", "value": f"+39 3{rng.randrange(20, 100)} {rng.randrange(10**7):07d}"},
        ],
        "addresses": [street | {"country": "IT"}],
        "source": "bench",
    }


def create(caller: Caller) -> None:
    """With a mail address, a number and an address, under an Idempotency-Key."""
    caller.create("/parties", new_person(caller.rng))


def listed(caller: Caller) -> None:
    """Fifty, narrowed by stage and area, by name."""
    stage, area = (pair.partition("=")[2] for pair in narrowed(caller).split("&"))
    tree = f'{{"and":[{{"field":"stage","op":"is","value":"{stage}"}},{{"field":"area","op":"is","value":"{area}"}}]}}'
    caller.api(f"/parties?sort=name&filter={quote_plus(tree)}")


def first_and_deep(caller: Caller) -> str:
    """Page 1 and the page far down of one list, in turn."""
    part = caller.rng.choice(("page 1", "far down"))
    caller.api(caller.person.deep["api"] if part == "far down" else FIRST, FOUND)
    return part


def searched(caller: Caller) -> None:
    """By beginnings of names."""
    caller.api(f"/search?q={quote_plus(caller.rng.choice(caller.person.terms))}", b'"title"')


def card(caller: Caller) -> None:
    """A party, then its story: two requests."""
    _party_and_story(caller, caller.rng.choice(caller.person.parties))


def long_card(caller: Caller) -> None:
    """The same for one with a long story, 200 lines of it."""
    _party_and_story(caller, caller.rng.choice(caller.person.heavy))


def _party_and_story(caller: Caller, party: str) -> None:
    caller.api(f"/parties/{party}", FOUND)
    caller.api(f"/parties/{party}/timeline?limit=200", b'"items"')


CUSTOMERS = quote_plus('{"field":"stage","op":"is","value":"customer"}')
FIRST = f"/parties?sort=name&filter={CUSTOMERS}"
CALLS = (
    Work("api-create", "API: create a party", create, ("all",)),
    Work("api-list", "API: list of 50, by stage and area, by name", listed),
    Work("api-deep", "API: list of customers, by name", first_and_deep, ("all", "unit")),
    Work("api-search", "API: search", searched),
    Work("api-card", "API: party and its story", card),
    Work("api-card-long", "API: party and a long story", long_card, ("all",)),
)
