"""The chain over the audit: closed batches, each with a digest over the one before and its own rows.

Writers add plain rows and never wait; a job closes what is older than a minute. Whoever changes, removes or
adds a sealed row breaks the chain from that batch on; the last digest, kept elsewhere, guards its end.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from filo.foundation import clock
from filo.foundation.audit.models import AuditCheck, AuditEntry, AuditSeal

QUIET = timedelta(minutes=1)
AT_ONCE = 1000
COVERED = (
    "id",
    "at",
    "operation",
    "undoes",
    "actor",
    "actor_name",
    "door",
    "action",
    "kind",
    "object_id",
    "changes",
)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Chain:
    """What a check found. `flaw` is empty, or what was done from `entry` on: changed, removed, inserted, cut."""

    seals: int
    digest: str
    entries: int
    waiting: int
    flaw: str = ""
    entry: UUID | None = None


@dataclass(frozen=True)
class ChainState:
    """How the chain stands without going through it: its end, what waits, and the last check."""

    sealed_until: datetime | None
    waiting: int
    check: AuditCheck | None


def seal_entries(told: Callable[[int], None] = lambda _number: None) -> int:
    """Close batches until nothing older than a minute is open; gives how many entries were sealed."""
    sealed = 0
    with suppress(IntegrityError):  # another sealer took this number: the rest is its work
        while number := _seal_batch():
            sealed += number
            told(sealed)
    return sealed


def _seal_batch() -> int:
    with transaction.atomic():
        last = AuditSeal.objects.select_for_update().order_by("-number").first()
        open_ones = AuditEntry.objects.filter(seal=None, at__lt=clock.now() - QUIET).order_by("id")
        rows = list(open_ones.values(*COVERED)[:AT_ONCE])
        if not rows:
            return 0
        seal = AuditSeal.objects.create(
            number=last.number + 1 if last else 1,
            first=rows[0]["id"],
            last=rows[-1]["id"],
            count=len(rows),
            digest=_digest(last.digest if last else "", rows)[1],
            at=clock.now(),
        )
        AuditEntry.objects.filter(pk__in=[row["id"] for row in rows]).update(seal=seal.number)
        return len(rows)


def _digest(before: str, rows: Iterable[Row]) -> tuple[int, str]:
    """How many rows there are, and the digest over them and the one before."""
    found, number = hashlib.sha256(before.encode()), 0
    for row in rows:
        number += 1
        found.update(b"\n" + canonical(row).encode())
    return number, found.hexdigest()


def canonical(row: Row) -> str:
    """A row as the one text that stands for it, on both engines."""
    plain = {name: _plain(row[name]) for name in COVERED}
    return json.dumps(plain, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, UUID) else value


def check_chain() -> Chain:
    """Go through every sealed entry and keep what was found."""
    found = _walk()
    AuditCheck.objects.create(
        at=clock.now(),
        seals=found.seals,
        digest=found.digest,
        entries=found.entries,
        flaw=found.flaw,
        entry=found.entry,
    )
    return found


def _walk() -> Chain:
    waiting = AuditEntry.objects.filter(seal=None).count()
    known = AuditCheck.objects.filter(flaw="").first()
    batches = _batches()
    digest, number, entries = "", 0, 0
    place, rows = next(batches, (None, iter(())))
    for seal in AuditSeal.objects.order_by("number").iterator():
        if seal.number != number + 1:
            return Chain(number, digest, entries, waiting, "removed", seal.first)
        if place is not None and place < seal.number:
            return Chain(number, digest, entries, waiting, "inserted", next(rows)["id"])
        count, reckoned = _digest(digest, rows if place == seal.number else ())
        if reckoned != seal.digest or count != seal.count:
            return Chain(number, digest, entries, waiting, _flaw(count, seal.count), seal.first)
        if known and known.seals == seal.number and known.digest != seal.digest:
            return Chain(number, digest, entries, waiting, "changed", seal.first)
        number, digest, entries = seal.number, seal.digest, entries + count
        place, rows = next(batches, (None, iter(())))
    if place is not None:
        return Chain(number, digest, entries, waiting, "inserted", next(rows)["id"])
    if known and known.seals > number:
        return Chain(number, digest, entries, waiting, "cut")
    return Chain(number, digest, entries, waiting)


def _batches() -> Iterator[tuple[int, Iterator[dict[str, Any]]]]:
    """The sealed rows, batch by batch, in the order in which they were sealed."""
    rows = AuditEntry.objects.exclude(seal=None).order_by("seal", "id").values("seal", *COVERED)
    yield from groupby(rows.iterator(chunk_size=2000), key=lambda row: row["seal"])


def _flaw(there: int, sealed: int) -> str:
    if there == sealed:
        return "changed"
    return "removed" if there < sealed else "inserted"


def chain_state() -> ChainState:
    """How the chain stands, in three short reads."""
    last = AuditSeal.objects.order_by("-number").first()
    return ChainState(
        sealed_until=last.at if last else None,
        waiting=AuditEntry.objects.filter(seal=None)[:10_000].count(),
        check=AuditCheck.objects.first(),
    )
