"""Cards that share a key which few have: those are worth comparing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b
from uuid import UUID

from django.db.models import Count

from filo.operational.doubles.models import DoubleKey

# A key that more cards share tells nothing about two of them.
COMMON = 60
AT_ONCE = 400


def hashed(keys: Iterable[str]) -> set[int]:
    """Keys as they are kept: 64 bits each."""
    return {int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True) for key in keys}


def telling(keys: Collection[int]) -> list[int]:
    """The keys that few cards share."""
    wanted, found = list(keys), []
    for start in range(0, len(wanted), AT_ONCE):
        some = DoubleKey.objects.filter(key__in=wanted[start : start + AT_ONCE])
        counted = some.values("key").annotate(n=Count("id"))
        found += [row["key"] for row in counted if row["n"] <= COMMON]
    return found


def partners(ids: Sequence[UUID], *, above_only: bool = False) -> set[tuple[UUID, UUID]]:
    """The pairs (older, newer) that share a telling key with one of these; `above_only` names each pair once.

    With `above_only` only partners newer than the card itself are named: for who goes through all cards.
    """
    mine: dict[int, list[UUID]] = defaultdict(list)
    for party, key in DoubleKey.objects.filter(party__in=list(ids)).values_list("party", "key"):
        mine[key].append(party)
    keys = telling(mine.keys())
    found: set[tuple[UUID, UUID]] = set()
    for start in range(0, len(keys), AT_ONCE):
        rows = DoubleKey.objects.filter(key__in=keys[start : start + AT_ONCE]).values_list("key", "party")
        for key, other in rows:
            for party in mine[key]:
                if other > party or (other != party and not above_only):
                    found.add((min(party, other), max(party, other)))
    return found
