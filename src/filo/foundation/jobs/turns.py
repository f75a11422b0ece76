"""Whose turn it is: the due jobs of a queue by lanes (a kind for a person), a share of each, round and round."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.registry import atomic_names

# More lanes than these wait for the next round: a claim stays a handful of index seeks.
LANES_AT_ONCE = 40
# Here a lane does one job at a time, so that nobody's imports fill every desk.
ONE_AT_A_TIME = frozenset({"long"})

# From one lane to the next by the index, whatever number of jobs each of them holds.
_LANES = """
WITH RECURSIVE lanes(lane, place) AS (
  SELECT (SELECT min(lane) FROM jobs_job WHERE state = 'ready' AND queue = %s AND lane {past} %s), 1
  UNION ALL
  SELECT (SELECT min(job.lane) FROM jobs_job job
          WHERE job.state = 'ready' AND job.queue = %s AND job.lane > lanes.lane), place + 1
  FROM lanes WHERE lanes.lane IS NOT NULL AND place < %s
)
SELECT lane FROM lanes WHERE lane IS NOT NULL
"""


def lane_of(name: str, requested_by: UUID | None) -> str:
    """The lane of a kind and of the person who asked (nobody: the kind's own)."""
    return f"{name}|{requested_by.hex if requested_by else ''}"


def due(queue: str, moment: datetime, *, for_relay: bool = False) -> QuerySet[Job]:
    """What may be begun now; `for_relay`: and was not handed to the broker yet."""
    found = Job.objects.filter(state=JobState.READY, queue=queue, run_at__lte=moment)
    return found.filter(relayed_at=None) if for_relay else found


def in_turn(queue: str, moment: datetime, *, most: int, after: str = "", for_relay: bool = False) -> list[Job]:
    """Up to `most` due jobs, locked, a share of every lane, beginning behind the lane `after`. In a transaction.

    What has failed before, or is not one transaction, comes alone (for the broker it need not): a job that
    kills its worker takes no others with it twice. The last one's lane is the next `after`.
    """
    lanes = _open_lanes(queue, _waiting_lanes(queue, after), most)
    together = Q(attempts=0, name__in=atomic_names())
    share = 1 if queue in ONE_AT_A_TIME else max(1, most // max(1, len(lanes)))
    taken: list[Job] = []
    is_full = False
    for lane in lanes:
        found = list(_locked(due(queue, moment, for_relay=for_relay).filter(lane=lane), share))
        if not for_relay and found and not _goes_together(found[0]):
            return taken or found[:1]
        taken += [job for job in found if for_relay or _goes_together(job)]
        is_full = is_full or len(found) == share
        if len(taken) >= most or (taken and queue in ONE_AT_A_TIME and not for_relay):
            return taken[:most]
    if taken and is_full and queue not in ONE_AT_A_TIME:
        rest = due(queue, moment, for_relay=for_relay).exclude(pk__in=[job.pk for job in taken])
        taken = [*_locked(rest if for_relay else rest.filter(together), most - len(taken)), *taken]
    return taken


def _locked(found: QuerySet[Job], most: int) -> QuerySet[Job]:
    return found.order_by("run_at", "id").select_for_update(skip_locked=True)[:most]


def _goes_together(job: Job) -> bool:
    return job.attempts == 0 and job.name in atomic_names()


def _waiting_lanes(queue: str, after: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_LANES.format(past=">" if after else ">="), [queue, after, queue, LANES_AT_ONCE])
        lanes = [row[0] for row in cursor.fetchall()]
        if after and len(lanes) < LANES_AT_ONCE:
            cursor.execute(_LANES.format(past=">="), [queue, "", queue, LANES_AT_ONCE - len(lanes)])
            lanes += [row[0] for row in cursor.fetchall() if row[0] not in lanes]
    return lanes


def _open_lanes(queue: str, lanes: list[str], most: int) -> list[str]:
    """Where a lane does one job at a time: those that do nothing, and first those of people who have nothing."""
    if queue not in ONE_AT_A_TIME:
        return lanes[:most]
    if connection.vendor == "postgresql":  # two who look at once would both find the lane free
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('filo.jobs.turns'))")
    under_way = Q(state=JobState.RUNNING) | Q(state=JobState.READY, relayed_at__isnull=False)
    busy = set(Job.objects.filter(under_way, queue=queue).values_list("lane", flat=True))
    people = {lane.rpartition("|")[2] for lane in busy} - {""}
    return sorted((lane for lane in lanes if lane not in busy), key=lambda lane: lane.rpartition("|")[2] in people)
