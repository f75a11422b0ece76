"""What people type about a task."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import active_people
from filo.foundation.web.forms import FiloForm
from filo.operational.activities.models import APPOINTMENT_KINDS, FREQUENCIES, Appointment
from filo.operational.activities.recurring import at_wall


class TaskForm(FiloForm):
    """What, by when, who."""

    title = forms.CharField(label=_("What is to be done?"), max_length=200)
    due_on = forms.DateField(
        label=_("By"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    due_time = forms.TimeField(
        label=_("At"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("With an hour it stands in the calendar at that hour."),
    )
    assignee = forms.ModelChoiceField(label=_("For"), queryset=User.objects.none())

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = active_people()
        if principal.scope("task", "create") is Scope.OWN:
            people = people.filter(pk__in=[principal.user_id])
        self.fields["assignee"].queryset = people  # type: ignore[attr-defined]
        self.fields["assignee"].initial = principal.user_id


DAY, HOUR = (
    forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
)


class AppointmentForm(FiloForm):
    """What, when, how long, how it comes again. Days and hours are those of the clock on one's own wall."""

    title = forms.CharField(label=pgettext_lazy("an appointment", "What"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=APPOINTMENT_KINDS)
    day = forms.DateField(label=_("Day"), widget=DAY)
    all_day = forms.BooleanField(label=_("The whole day"), required=False)
    starts = forms.TimeField(label=pgettext_lazy("hours", "From"), widget=HOUR, required=False)
    ends = forms.TimeField(label=pgettext_lazy("hours", "To"), widget=HOUR, required=False)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea({"rows": 2}))
    freq = forms.ChoiceField(label=_("Comes again"), choices=FREQUENCIES, required=False)
    every = forms.IntegerField(label=_("Every"), min_value=1, max_value=99, required=False, initial=1)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"), choices=list(WEEKDAYS.items()), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(label=_("Until"), widget=DAY, required=False)
    count = forms.IntegerField(label=_("How often"), min_value=1, max_value=999, required=False)

    def clean(self) -> dict[str, Any]:
        """Hours where it is not the whole day; an end before the beginning is on the next day."""
        found = super().clean() or {}
        if not found.get("all_day") and not self.errors.get("starts") and found.get("starts") is None:
            self.add_error("starts", _("Say when it begins, or that it takes the whole day."))
        if found.get("until") and found.get("count"):
            self.add_error("count", _("Say until when or how often, not both."))
        return found

    def facts(self, zone: ZoneInfo) -> dict[str, Any]:
        """What the verbs take."""
        found = self.cleaned_data
        whole = found["all_day"]
        begin = time.min if whole else found["starts"]
        names = ("title", "kind", "all_day", "place", "note", "freq", "weekdays", "until", "count")
        return {name: found[name] for name in names} | {
            "starts_at": at_wall(found["day"], begin, zone),
            "minutes": 24 * 60 if whole else _length(begin, found["ends"]),
            "every": found["every"] or 1,
        }


def _length(begin: time, end: time | None) -> int:
    if end is None:
        return 60
    minutes = (end.hour - begin.hour) * 60 + end.minute - begin.minute
    return minutes if minutes > 0 else minutes + 24 * 60


def initial_of(found: Appointment, zone: ZoneInfo, *, day: date | None = None) -> dict[str, Any]:
    """What a form shows of an appointment."""
    local: datetime = found.starts_at.astimezone(zone)
    names = ("title", "kind", "all_day", "place", "note", "freq", "every", "weekdays", "until", "count")
    return {name: getattr(found, name) for name in names} | {
        "day": day or local.date(),
        "starts": None if found.all_day else local.time(),
        "ends": None if found.all_day else (local + timedelta(minutes=found.minutes)).time(),
    }
