"""What was written for the absorbed card by somebody who did not know yet follows to the kept one."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from filo.foundation import clock
from filo.operational.parties.models import Merge, Party
from filo.operational.parties.services import reach
from filo.operational.parties.services.merging.merging import locked_pair
from filo.operational.parties.services.merging.moving import move_rows, rows_since

# A writer who read the card before the merge has long written by then.
WATCHED = timedelta(days=2)


def sweep_merges() -> int:
    """Look at the merges of the last days and let late rows follow; gives how many did."""
    merges = Merge.objects.filter(at__gte=clock.now() - WATCHED, undone_at=None)
    return sum(sweep(merge) for merge in merges)


def sweep(merge: Merge) -> int:
    """Let what was made for the absorbed card after the merge follow; gives how many rows did."""
    if not any(rows.exists() for _m, _f, rows in rows_since(Party, merge.absorbed_id, merge.pk)):
        return 0
    with transaction.atomic():
        locked_pair(merge.kept_id, merge.absorbed_id)
        locked = Merge.objects.select_for_update().get(pk=merge.pk)
        if locked.undone_at:
            return 0
        moved = move_rows(locked.id, Party, origin=locked.absorbed_id, to=locked.kept_id, since=locked.pk)
        reach.refresh([locked.kept_id])
    return moved
