"""What was written for the absorbed card by somebody who did not know yet follows to the kept one."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from filo.foundation import clock
from filo.operational.parties.models import Merge, Party
from filo.operational.parties.services import reach
from filo.operational.parties.services.merging.merging import locked_pair, same_places
from filo.operational.parties.services.merging.moving import move_rows, rows_since

# A writer who read the card before the merge has long written by then.
WATCHED = timedelta(days=2)
# A row has its id before it is committed: so much older than the merge may be what the merge could not see yet.
EARLIER = timedelta(minutes=1)


def sweep_merges() -> int:
    """Look at the merges of the last days and let late rows follow; gives how many did."""
    merges = Merge.objects.filter(at__gte=clock.now() - WATCHED, undone_at=None)
    return sum(sweep(merge) for merge in merges)


def sweep(merge: Merge) -> int:
    """Let what was made for the absorbed card since the merge, or during it, follow; gives how many rows did."""
    origin, to, since = merge.absorbed_id, merge.kept_id, _a_little_before(merge.pk)
    if not any(rows.exists() for _m, _f, rows in rows_since(Party, origin=origin, to=to, since=since)):
        return 0
    with transaction.atomic():
        kept, absorbed = locked_pair(to, origin)
        locked = Merge.objects.select_for_update().get(pk=merge.pk)
        if locked.undone_at:
            return 0
        same = same_places(kept, absorbed)
        moved = move_rows(locked.id, Party, origin=origin, to=to, but=same, since=since)
        reach.refresh([to])
    return moved


def _a_little_before(key: UUID) -> UUID:
    """The first id that could be made so long before this one; ids begin with their milliseconds."""
    return UUID(int=((key.int >> 80) - EARLIER // timedelta(milliseconds=1)) << 80)
