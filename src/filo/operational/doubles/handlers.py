"""Every change of a card asks for a look at it; merges are followed at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from filo.foundation import clock
from filo.foundation.events.base import EventMeta
from filo.foundation.events.models import OutboxEvent
from filo.foundation.events.registry import on, on_every
from filo.foundation.jobs.services import enqueue
from filo.operational.doubles.services.deciding import follow_merge, follow_unmerge
from filo.operational.parties.events import PartiesMerged, PartiesUnmerged, PartyCreated, PartyEdited, PartyRestored
from filo.operational.parties.models import Merge

CHANGES = {PartyCreated.type, PartyEdited.type, PartyRestored.type}
# What changes within so many seconds is looked at in one go.
TOGETHER = 5


@on_every
def look_soon(rows: Sequence[OutboxEvent]) -> None:
    """One look for all that changes within a few seconds, however many they are."""
    if any(row.type in CHANGES for row in rows):
        turn = int(clock.now().timestamp()) // TOGETHER + 1
        due = clock.now() + timedelta(seconds=TOGETHER)
        enqueue("doubles.look_at_what_changed", key=str(turn), run_at=due)


@on(PartiesMerged)
def forget_the_absorbed(event: PartiesMerged, meta: EventMeta) -> None:
    """It is no card any more."""
    follow_merge(event.party, event.absorbed)


@on(PartiesUnmerged)
def remember_that_they_are_two(event: PartiesUnmerged, meta: EventMeta) -> None:
    """Nobody is asked about them again."""
    merge = Merge.objects.filter(pk=event.merge).first()
    if merge is not None:
        follow_unmerge(merge)
