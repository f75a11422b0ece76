"""The day's tasks on the first page, the open ones on a card, one kind on the timeline."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.audit.undoable import undo_with
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.activities.agenda import declare_own_sources
from filo.operational.activities.changed import register_changes
from filo.operational.activities.narrowing import declare_tasks
from filo.operational.activities.queries import day_of, due_tasks, open_tasks_of
from filo.operational.activities.services import follow_back
from filo.operational.activities.telling import declare_notices
from filo.operational.parties.models import Party
from filo.operational.parties.timeline_kinds import TimelineKind
from filo.operational.parties.timeline_kinds import register as register_kind


def register() -> None:
    """Called once, when the program starts."""
    declare_notices()
    register_changes()
    undo_with("task", "task.follow", follow_back)
    add_entry(
        "rail",
        Entry(
            "/tasks",
            "list-checks",
            gettext_lazy("Tasks"),
            lambda p: p.may("task", "view"),
            place=13,
            foot=5,
            counted=due_tasks,
            key="g t",
        ),
    )
    add_entry(
        "rail",
        Entry(
            "/calendar",
            "calendar",
            gettext_lazy("Calendar"),
            lambda p: p.may("task", "view"),
            place=14,
            foot=7,
            key="g a",
        ),
    )
    add_entry(
        "new",
        Entry(
            "/calendar/new",
            "calendar-plus",
            gettext_lazy("Appointment"),
            lambda p: p.may("task", "create"),
            place=32,
        ),
    )
    add_entry(
        "new",
        Entry("/tasks/new", "square-check", gettext_lazy("Task"), lambda p: p.may("task", "create"), place=30),
    )
    _add_commands()
    declare_tasks()
    declare_own_sources()
    fill("home.main", _today, place=10)
    fill("parties.card.aside", _open_on_card, place=10)
    register_kind("task.done", TimelineKind("square-check", lambda _entry: _("did what was to be done")))


def _add_commands() -> None:
    add_command(
        Command(
            "task.about",
            gettext_lazy("Write a task"),
            "square-check",
            lambda _principal, card: f"/tasks/new?party={card.party.id}" if card else "",
            lambda principal: principal.may("task", "create"),
            words="attivita promemoria da fare nuova task to do reminder new",
            key="t",
            subject="party",
            place=20,
        )
    )
    add_command(
        Command(
            "appointment.about",
            gettext_lazy("Make an appointment"),
            "calendar-plus",
            lambda _principal, card: f"/calendar/new?party={card.party.id}" if card else "",
            lambda principal: principal.may("task", "create"),
            words="appuntamento visita incontro agenda calendario fissa appointment visit",
            subject="party",
            place=21,
        )
    )
    add_command(
        Command(
            "task.everyones",
            gettext_lazy("Everyone's tasks"),
            "list-checks",
            "/tasks?whose=all",
            lambda principal: principal.may("task", "view"),
            words="attivita di tutti colleghi all",
            place=32,
        )
    )


def _today(request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not principal.may("task", "view"):
        return None
    return "activities/_today.html", {"day": day_of(principal)}


def _open_on_card(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not principal.may("task", "view") or not isinstance(party, Party):
        return None
    return "activities/_on_card.html", {"tasks": open_tasks_of(principal, party), "party": party}
