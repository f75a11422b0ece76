"""What a load must know of the data beforehand: parties that each person may see, long stories, words to look for."""

from __future__ import annotations

import random
from typing import Any
from uuid import UUID

from filo.config.bench.wire import Person

PIVOTS, EACH = 80, 8
HEAVY = 20
AGENTS = 6


def people(asked: list[tuple[str, str]], seed: int = 7) -> list[Person]:
    """Those of the addresses and some agents, each with a token and a sample of what he sees."""
    from filo.foundation.access.principal import system
    from filo.foundation.accounts.queries import person_by_email, principal_of
    from filo.foundation.accounts.tokens import make_token

    rng, found = random.Random(seed), []  # noqa: S311
    candidates = _long_stories(rng)
    for email, scope in asked + [(email, "own") for email in _agents()]:
        user = person_by_email(email)
        if user is None:
            continue
        _token, secret = make_token(system("bench"), user, label="bench", scopes=None, expires_at=None)
        rows = _some_parties(principal_of(user), rng, spread=scope != "own")
        terms = [_beginning(sort, rng) for _id, sort in rows]
        heavy = _seen(principal_of(user), candidates) or [str(rows[0][0])]
        ids = tuple(str(party) for party, _sort in rows)
        found.append(Person(email, scope, secret, ids, tuple(heavy), tuple(terms)))
    return found


def _agents() -> list[str]:
    """Agents with neither the most nor the fewest customers."""
    from django.db.models import Count

    from filo.foundation.accounts.models import User
    from filo.operational.parties.models import Relationship

    owned = Relationship.objects.exclude(owner=None).order_by().values("owner").annotate(n=Count("pk"))
    ranked = [row["owner"] for row in sorted(owned, key=lambda row: (row["n"], str(row["owner"])))]
    middle = ranked[len(ranked) // 2 :][:AGENTS]
    return list(User.objects.filter(pk__in=middle).order_by("email").values_list("email", flat=True))


def _some_parties(principal: Any, rng: random.Random, *, spread: bool) -> list[tuple[UUID, str]]:
    """Up to some hundred visible parties: from everywhere, or simply the first of a small portfolio."""
    from filo.operational.parties.models import Party

    seen = Party.objects.visible_to(principal)
    if not spread:
        return list(seen.order_by().values_list("id", "sort_name")[: PIVOTS * EACH])
    found: dict[UUID, str] = {}
    for pivot in _pivots(Party, rng):
        found |= dict(seen.filter(pk__gte=pivot).order_by("pk").values_list("id", "sort_name")[:EACH])
    return list(found.items())


def _pivots(model: Any, rng: random.Random) -> list[UUID]:
    """Moments spread over the life of a table, as ids that begin with them."""
    ids = model.objects.order_by("pk").values_list("pk", flat=True)
    first, last = ids.first().int >> 80, ids.last().int >> 80
    return [UUID(int=rng.randint(first, last) << 80) for _number in range(PIVOTS)]


def _long_stories(rng: random.Random) -> list[UUID]:
    """Parties with the longest stories among those that a sample of the timeline speaks of."""
    from django.db.models import Count

    from filo.operational.parties.models import TimelineEntry

    met: set[UUID] = set()
    for pivot in _pivots(TimelineEntry, rng):
        rows = TimelineEntry.objects.filter(pk__gte=pivot).order_by("pk").values_list("party_id", flat=True)
        met.update(rows[:EACH])
    counted = TimelineEntry.objects.filter(party__in=met).order_by().values("party_id").annotate(n=Count("pk"))
    longest = sorted(counted, key=lambda row: -row["n"])[: HEAVY * 5]
    return [row["party_id"] for row in longest]


def _seen(principal: Any, candidates: list[UUID]) -> list[str]:
    from filo.operational.parties.models import Party

    seen = set(Party.objects.visible_to(principal).filter(pk__in=candidates).values_list("pk", flat=True))
    return [str(party) for party in candidates if party in seen][:HEAVY]


def _beginning(sort_name: str, rng: random.Random) -> str:
    """What one types to find somebody: the first letters of a word, or of two."""
    words = sort_name.split()
    first = words[0][: rng.randint(3, 6)]
    return f"{first} {words[1][:3]}" if len(words) > 1 and rng.random() < 0.4 else first
