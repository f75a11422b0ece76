"""Cards that share a key which few have: those are worth comparing."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b
from uuid import UUID

from django.db import connection, transaction
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
        counted = some.values("key").annotate(n=Count("party"))
        found += [row["key"] for row in counted if row["n"] <= COMMON]
    return found


def all_telling() -> array[int]:
    """Every key that a few cards share, in order: read in one go, which is much quicker than asking for each."""
    rows = DoubleKey.objects.values("key").annotate(n=Count("party")).filter(n__gte=2, n__lte=COMMON)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What was just written is not in its statistics yet, and with 4 MB it would sort on the disk.
            cursor.execute(f"ANALYZE {connection.ops.quote_name(DoubleKey._meta.db_table)}")
            cursor.execute("SET LOCAL work_mem = '128MB'")
        return array("q", rows.order_by("key").values_list("key", flat=True).iterator(chunk_size=20_000))


def partners(ids: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    """The pairs (older, newer) that share a telling key with one of these."""
    mine = _by_key(ids)
    return _pairs_by(mine, telling(mine.keys()), above_only=False)


def partners_above(ids: Sequence[UUID], known: array[int]) -> set[tuple[UUID, UUID]]:
    """The same with newer cards alone, so that who goes through all cards names each pair once.

    `known` are all telling keys (`all_telling`).
    """
    mine = _by_key(ids)
    return _pairs_by(mine, [key for key in mine if _holds(known, key)], above_only=True)


def _by_key(ids: Sequence[UUID]) -> dict[int, list[UUID]]:
    mine: dict[int, list[UUID]] = defaultdict(list)
    for start in range(0, len(ids), AT_ONCE):
        some = DoubleKey.objects.filter(party__in=list(ids[start : start + AT_ONCE]))
        for party, key in some.values_list("party", "key"):
            mine[key].append(party)
    return mine


def _pairs_by(mine: dict[int, list[UUID]], keys: Sequence[int], *, above_only: bool) -> set[tuple[UUID, UUID]]:
    found: set[tuple[UUID, UUID]] = set()
    for start in range(0, len(keys), AT_ONCE):
        rows = DoubleKey.objects.filter(key__in=keys[start : start + AT_ONCE]).values_list("key", "party")
        for key, other in rows:
            for party in mine[key]:
                if other > party or (other != party and not above_only):
                    found.add((min(party, other), max(party, other)))
    return found


def _holds(known: array[int], key: int) -> bool:
    place = bisect_left(known, key)
    return place < len(known) and known[place] == key
