"""Hands due jobs to the broker, a few ahead of the workers, so that turns are taken here and not in its queues."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from kombu.exceptions import OperationalError

from filo.foundation import clock
from filo.foundation.jobs.leases import take_back_lost
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.registry import QUEUES
from filo.foundation.jobs.relayed.broker import TASK, celery, place_of
from filo.foundation.jobs.turns import due, in_turn

logger = logging.getLogger("filo.jobs")

# How many of a queue lie at the broker and wait for a worker, at most.
AHEAD = {"default": 100, "long": 6, "mail": 50, "outward": 50}
AT_ONCE = 25
# What lay there so long is handed over once more: its message may be lost. One too many does nothing.
OVERDUE = timedelta(minutes=5)


@dataclass
class Relay:
    """Remembers behind which lane each queue goes on, and whether the broker was there."""

    _after: dict[str, str] = field(default_factory=dict)
    _is_away: bool = False

    def relay_due(self) -> int:
        """Hand over what is due; gives how many. A broker that is away keeps nobody: the jobs wait in their rows."""
        moment = clock.now()
        take_back_lost(moment)
        _hand_over_again(moment)
        try:
            handed = sum(self._relay_some(queue, moment) for queue in QUEUES)
        except (OperationalError, OSError) as error:
            if not self._is_away:
                logger.warning("the broker does not answer (%s); jobs wait in the database", type(error).__name__)
            self._is_away = True
            return 0
        if self._is_away and handed:
            logger.warning("the broker is back; jobs go on")
            self._is_away = False
        return handed

    def _relay_some(self, queue: str, moment: datetime) -> int:
        lying = Job.objects.filter(state=JobState.READY, queue=queue, relayed_at__isnull=False)
        room = min(AT_ONCE, AHEAD[queue] - lying.count())
        if room <= 0 or not due(queue, moment, for_relay=True).exists():
            return 0
        # Rows locked by another relay are passed over; a message without its commit is one too many, never one too few.
        with transaction.atomic():
            taken = in_turn(queue, moment, most=room, after=self._after.get(queue, ""), for_relay=True)
            if taken:
                _send(queue, taken)
                Job.objects.filter(pk__in=[job.pk for job in taken]).update(relayed_at=moment)
                self._after[queue] = taken[-1].lane
        return len(taken)


def _send(queue: str, jobs: list[Job]) -> None:
    app = celery()
    with app.producer_or_acquire() as producer:
        for job in jobs:
            app.send_task(TASK, args=[str(job.pk)], queue=place_of(queue), producer=producer, retry=False)


def _hand_over_again(moment: datetime) -> None:
    lost = Job.objects.filter(state=JobState.READY, relayed_at__lt=moment - OVERDUE)
    if lost.exists():
        lost.update(relayed_at=None)
