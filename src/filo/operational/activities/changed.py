"""How changes of tasks read: whose they are, what is to be done, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import value_words
from filo.operational.activities.exportable import KINDS
from filo.operational.activities.models import Appointment, Task

FIELDS: dict[str, Label] = {
    "title": pgettext_lazy("of a task", "Title"),
    "kind": gettext_lazy("Kind"),
    "due_on": gettext_lazy("Due"),
    "due_time": gettext_lazy("Hour"),
    "assignee_id": gettext_lazy("For whom"),
}
ACTIONS: dict[str, Label] = {
    "task.add": pgettext_lazy("a task", "Added"),
    "task.edit": pgettext_lazy("a task", "Changed"),
    "task.follow": pgettext_lazy("a task", "Gone along with its customer"),
    "task.do": pgettext_lazy("a task", "Done"),
    "task.reopen": pgettext_lazy("a task", "Opened again"),
}

APPOINTMENT_FIELDS: dict[str, Label] = {
    "title": pgettext_lazy("of a task", "Title"),
    "kind": gettext_lazy("Kind"),
    "place": gettext_lazy("Where"),
    "note": gettext_lazy("Note"),
    "starts_at": gettext_lazy("When"),
    "minutes": gettext_lazy("Minutes"),
    "all_day": gettext_lazy("The whole day"),
    "zone": gettext_lazy("Time zone"),
    "freq": gettext_lazy("Comes again"),
    "every": gettext_lazy("Every"),
    "weekdays": gettext_lazy("Weekly on"),
    "until": gettext_lazy("Until"),
    "count": gettext_lazy("How often"),
    "skipped": gettext_lazy("Days without it"),
    "deleted_at": gettext_lazy("Cancelled"),
}
APPOINTMENT_ACTIONS: dict[str, Label] = {
    "appointment.make": pgettext_lazy("an appointment", "Made"),
    "appointment.change": pgettext_lazy("an appointment", "Changed"),
    "appointment.cancel": pgettext_lazy("an appointment", "Cancelled"),
    "appointment.restore": pgettext_lazy("an appointment", "Restored"),
}
FEED_ACTIONS: dict[str, Label] = {
    "calendar-feed.make": pgettext_lazy("an address", "Made"),
    "calendar-feed.end": pgettext_lazy("an address", "Ended"),
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("task", gettext_lazy("Tasks"), FIELDS, words=_of_tasks, actions=ACTIONS)
    show(
        "appointment",
        gettext_lazy("Appointments"),
        APPOINTMENT_FIELDS,
        words=_of_appointments,
        actions=APPOINTMENT_ACTIONS,
    )
    show("calendar-feed", gettext_lazy("Secret addresses of calendars"), {}, words=_plainly, actions=FEED_ACTIONS)


def _of_tasks(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    seen = Task.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    things = {task.pk: Thing(task.title, f"/tasks/{task.pk}") for task in seen}
    people = {raw for entry in entries for raw in entry.changes.get("assignee_id", ()) if raw}
    names = {str(user.pk): user.name for user in User.objects.filter(pk__in=people)} if people else {}

    def value(name: str, raw: Any) -> str:
        if raw and name == "kind":
            return str(KINDS.get(raw, raw))
        return names.get(str(raw)) or value_words(raw)

    return Telling(value, things)


def _of_appointments(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    seen = Appointment.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    things = {one.pk: Thing(one.title, f"/calendar/{one.pk}") for one in seen}
    return Telling(lambda _name, raw: value_words(raw), things)


def _plainly(_principal: Principal, _entries: Sequence[AuditEntry]) -> Telling:
    return Telling(lambda _name, raw: value_words(raw), {})
