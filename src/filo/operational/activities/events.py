"""What happens to tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutTask(DomainEvent):
    task: UUID

    @property
    def subject(self) -> UUID:
        return self.task


@dataclass(frozen=True, kw_only=True)
class TaskAdded(_AboutTask):
    """Something is to be done."""

    type: ClassVar[str] = "task.added"


@dataclass(frozen=True, kw_only=True)
class TaskGiven(_AboutTask):
    """Somebody gave a task to a colleague."""

    type: ClassVar[str] = "task.given"
    assignee: UUID


@dataclass(frozen=True, kw_only=True)
class TaskDone(_AboutTask):
    """Something was done."""

    type: ClassVar[str] = "task.done"


@dataclass(frozen=True, kw_only=True)
class TaskReopened(_AboutTask):
    """Something was not done after all."""

    type: ClassVar[str] = "task.reopened"


@dataclass(frozen=True, kw_only=True)
class TaskEdited(_AboutTask):
    """Title, day or assignee of a task changed."""

    type: ClassVar[str] = "task.edited"


@dataclass(frozen=True, kw_only=True)
class _AboutAppointment(DomainEvent):
    appointment: UUID

    @property
    def subject(self) -> UUID:
        return self.appointment


@dataclass(frozen=True, kw_only=True)
class AppointmentMade(_AboutAppointment):
    """Somebody has an appointment."""

    type: ClassVar[str] = "appointment.made"


@dataclass(frozen=True, kw_only=True)
class AppointmentChanged(_AboutAppointment):
    """An appointment was moved or changed."""

    type: ClassVar[str] = "appointment.changed"


@dataclass(frozen=True, kw_only=True)
class AppointmentCancelled(_AboutAppointment):
    """An appointment does not take place."""

    type: ClassVar[str] = "appointment.cancelled"
