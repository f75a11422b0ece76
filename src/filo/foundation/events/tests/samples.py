"""An event and handlers that only these tests know; a handler's effect is a row of the audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.access.principal import system
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import record
from filo.foundation.events.base import DomainEvent, EventMeta
from filo.foundation.events.registry import on
from filo.foundation.ids import uuid7

TESTER = system("tester")
broken: set[str] = set()


@dataclass(frozen=True, kw_only=True)
class LampLit(DomainEvent):
    """A lamp was lit."""

    type: ClassVar[str] = "sample.lamp-lit"
    lamp: UUID
    room: str

    @property
    def subject(self) -> UUID:
        return self.lamp


@on(LampLit)
def note_first(event: LampLit, meta: EventMeta) -> None:
    leave(f"first-{event.room}")
    if event.room in broken:
        raise ValueError("mario.rossi@example.it cannot be reached")


@on(LampLit)
def note_second(event: LampLit, meta: EventMeta) -> None:
    leave(f"second-{event.room}")


def leave(effect: str) -> None:
    record(TESTER, effect, kind="sample", object_id=uuid7())


def lit(room: str) -> LampLit:
    return LampLit(lamp=uuid7(), room=room)


def effects() -> list[str]:
    return sorted(AuditEntry.objects.filter(kind="sample").values_list("action", flat=True))
