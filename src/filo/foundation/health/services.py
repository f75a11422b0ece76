"""Writes what processes tell of themselves, and forgets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from filo.foundation import clock
from filo.foundation.health.models import DailyFigure, ProcessBeat
from filo.foundation.health.queries import KEPT_DEAD, processes
from filo.foundation.ids import uuid7
from filo.foundation.push.services import publish

TOPIC = "health:all"
Lives = frozenset[tuple[UUID, bool]]
FIGURES_KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Process:
    """Who beats."""

    host: str
    pid: int
    role: str
    version: str
    started_at: datetime = field(default_factory=clock.now)
    id: UUID = field(default_factory=uuid7)


def beat(process: Process, *, memory: int, sockets: int, loops: list[str]) -> None:
    """Say that a process lives: one statement, but for the first time."""
    told = {"seen_at": clock.now(), "memory": memory, "sockets": sockets, "loops": loops}
    if not ProcessBeat.objects.filter(pk=process.id).update(**told):
        who = {name: getattr(process, name) for name in ("id", "host", "pid", "role", "version", "started_at")}
        ProcessBeat.objects.create(**who, **told)


def end_process(process: Process) -> None:
    """It ends as it should: nobody has to look for it."""
    ProcessBeat.objects.filter(pk=process.id).delete()
    publish(TOPIC, "processes")


def tell_who_lives(process: Process, told: Lives | None) -> Lives | None:
    """Tell open pages when a process came, fell silent or left the list since `told`; gives what is told now.

    Only the oldest of the living tells, so that it is told once; to the others it gives None.
    """
    found = processes()
    if not found.living or min(beat.pk for beat in found.living) != process.id:
        return None
    living = {beat.pk for beat in found.living}
    now = frozenset((beat.pk, beat.pk in living) for beat in found.listed())
    if now != told:
        publish(TOPIC, "processes")
    return now


def forget_silent() -> int:
    """Forget who fell silent a day ago."""
    return ProcessBeat.objects.filter(seen_at__lt=clock.now() - KEPT_DEAD).delete()[0]


def forget_processes() -> None:
    """Forget all: in a copy that was brought back none of them ever lived."""
    ProcessBeat.objects.all().delete()


def note_figures(found: Mapping[str, int]) -> None:
    """Keep the sizes of today, and forget those of last season."""
    moment = clock.now()
    DailyFigure.objects.bulk_create([DailyFigure(name=name, at=moment, value=found[name]) for name in found])
    DailyFigure.objects.filter(at__lt=moment - FIGURES_KEPT).delete()
