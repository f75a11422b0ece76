"""Recurring jobs: every so often, or daily at a local time; each occurrence is enqueued once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import ParamSpec, Protocol
from zoneinfo import ZoneInfo

from django.db import transaction

from filo.foundation.jobs.models import Schedule
from filo.foundation.jobs.registry import JobKind, load_jobs
from filo.foundation.jobs.services import enqueue

P = ParamSpec("P")
# The clocks of two runners, and their looks at them, differ by less: that is no clock set back.
SKEW = timedelta(seconds=30)


class Rule(Protocol):
    """When a schedule is due."""

    def after(self, moment: datetime) -> datetime:
        """The next occurrence (UTC) strictly after `moment`."""

    def mended(self, next_at: datetime, now: datetime) -> datetime:
        """`next_at`, or an earlier moment if the clock was set back since it was reckoned."""


@dataclass(frozen=True)
class Every:
    """At a fixed distance from the last time."""

    distance: timedelta

    def after(self, moment: datetime) -> datetime:
        return moment + self.distance

    def mended(self, next_at: datetime, now: datetime) -> datetime:
        latest = now + self.distance
        return latest if next_at > latest + SKEW else next_at

    def __str__(self) -> str:
        return f"every {self.distance.total_seconds():g} s"


@dataclass(frozen=True)
class Daily:
    """Once for each day of a zone. A local time that the spring night skips comes an hour later by the wall
    clock; one that the autumn night has twice comes the first time (PEP 495, fold=0).
    """

    at: time
    zone: str

    def after(self, moment: datetime) -> datetime:
        zone = ZoneInfo(self.zone)
        day = moment.astimezone(zone).date() - timedelta(days=1)
        while True:
            day += timedelta(days=1)
            found = datetime.combine(day, self.at, tzinfo=zone).astimezone(UTC)
            if found > moment:
                return found

    def mended(self, next_at: datetime, now: datetime) -> datetime:
        # An occurrence belongs to its day: set the clock back, and no day is served twice.
        return next_at

    def __str__(self) -> str:
        return f"daily at {self.at:%H:%M} in {self.zone}"


_schedules: dict[str, tuple[JobKind[[]], Rule]] = {}


def every(*, seconds: float = 0, minutes: float = 0, hours: float = 0) -> Callable[[JobKind[[]]], JobKind[[]]]:
    """Have a job (without arguments) enqueued at this distance."""
    return _registered(Every(timedelta(seconds=seconds, minutes=minutes, hours=hours)))


def daily(*, at: str, zone: str = "Europe/Rome") -> Callable[[JobKind[[]]], JobKind[[]]]:
    """Have a job (without arguments) enqueued once a day at the local time `at` ("02:30") of an IANA zone."""
    ZoneInfo(zone)
    return _registered(Daily(time.fromisoformat(at), zone))


def schedules() -> dict[str, Rule]:
    """The rule of every recurring job, by the job's name."""
    load_jobs()
    return {name: rule for name, (_kind, rule) in _schedules.items()}


def kind_of(name: str) -> JobKind[[]]:
    """The recurring job of this name; raises KeyError."""
    return _schedules[name][0]


def run_due(now: datetime) -> int:
    """Enqueue each recurring job that is due, once however many runners ask; gives how many were enqueued.

    What was missed while nothing ran is made up for once, not once for each missed time.
    """
    load_jobs()
    known = {row.name: row for row in Schedule.objects.filter(name__in=_schedules)}
    return sum(_run_if_due(known.get(name), kind, rule, now) for name, (kind, rule) in _schedules.items())


def _run_if_due(row: Schedule | None, kind: JobKind[[]], rule: Rule, now: datetime) -> bool:
    if row is None or row.rule != str(rule):
        Schedule.objects.bulk_create(
            [Schedule(name=kind.name, rule=str(rule), next_at=rule.after(now))],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["rule", "next_at"],
        )
        return False
    if row.next_at > now:
        mended = rule.mended(row.next_at, now)
        if mended != row.next_at:
            Schedule.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=mended)
        return False
    with transaction.atomic():
        # Of those who found it due, one changes the row; the others find it changed.
        mine = Schedule.objects.filter(pk=row.pk, next_at=row.next_at)
        if not mine.update(next_at=rule.after(now), last_run=now):
            return False
        enqueue(kind, key=f"due {row.next_at.isoformat()}")
    return True


def _registered(rule: Rule) -> Callable[[JobKind[[]]], JobKind[[]]]:
    def register(kind: JobKind[[]]) -> JobKind[[]]:
        _schedules[kind.name] = (kind, rule)
        return kind

    return register
