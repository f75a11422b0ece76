"""Who lives, who fell silent, and how a size grew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from filo.foundation import clock
from filo.foundation.health.models import DailyFigure, ProcessBeat

ALIVE_FOR = timedelta(seconds=30)
# Who was killed stands among the processes for so long after it was seen last; a sentence tells of it for a day.
LISTED_DEAD = timedelta(minutes=1)
KEPT_DEAD = timedelta(days=1)
# What each part of the house needs to work: a living process of one of these roles.
PARTS = {
    "pages": ("all", "staff"),
    "portal": ("all", "portal"),
    "api": ("all", "api"),
    "work": ("jobs",),
}


@dataclass(frozen=True)
class Processes:
    """The living, and those that fell silent within a day without saying that they end."""

    living: list[ProcessBeat]
    silent: list[ProcessBeat]

    def serve(self, part: str) -> bool:
        """Whether a process lives that does this part's work."""
        return any(beat.role in PARTS[part] for beat in self.living)

    def listed(self) -> list[ProcessBeat]:
        """The living, and those that fell silent just now."""
        since = clock.now() - LISTED_DEAD
        return [*self.living, *(beat for beat in self.silent if beat.seen_at >= since)]

    def last_seen(self, part: str) -> ProcessBeat | None:
        """The process of this part that fell silent last."""
        found = [beat for beat in self.silent if beat.role in PARTS[part]]
        return max(found, key=lambda beat: beat.seen_at, default=None)


def processes() -> Processes:
    """All processes, in the order of their start."""
    moment = clock.now()
    beats = list(ProcessBeat.objects.filter(seen_at__gte=moment - KEPT_DEAD).order_by("started_at"))
    living = [beat for beat in beats if beat.seen_at >= moment - ALIVE_FOR]
    return Processes(living, [beat for beat in beats if beat.seen_at < moment - ALIVE_FOR])


def work_is_done() -> bool:
    """Whether a job worker lives."""
    return ProcessBeat.objects.filter(role__in=PARTS["work"], seen_at__gte=clock.now() - ALIVE_FOR).exists()


def growth_a_day(name: str, now: int) -> float | None:
    """By how much a figure grew in a day, over the last week; None before it was noted for a day."""
    moment = clock.now()
    week = DailyFigure.objects.filter(name=name, at__gte=moment - timedelta(days=8))
    first = week.filter(at__lte=moment - timedelta(hours=20)).order_by("at").first()
    if first is None:
        return None
    return (now - first.value) / ((moment - first.at).total_seconds() / 86_400)


def in_order(beats: Iterable[ProcessBeat]) -> list[ProcessBeat]:
    """By role, then by age."""
    return sorted(beats, key=lambda beat: (beat.role, beat.started_at))
