"""What people type about the hours of the house."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import available_timezones

import holidays
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.hours.models import BusinessCalendar
from filo.foundation.hours.written import Unreadable, days_read, spans_read, spans_written
from filo.foundation.web.forms import FiloForm

WEEK = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)


class CalendarForm(FiloForm):
    """The hours of a week, whose holidays, and the days on which nobody works besides."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    time_zone = forms.CharField(label=gettext_lazy("Time zone"), max_length=60, initial="Europe/Rome")
    country = forms.CharField(
        label=gettext_lazy("Holidays of the country"),
        max_length=2,
        required=False,
        initial="IT",
        help_text=gettext_lazy("Two letters: IT, DE, CH. Empty: no holidays."),
    )
    region = forms.CharField(
        label=gettext_lazy("Province or region"),
        max_length=6,
        required=False,
        help_text=gettext_lazy("With its patron's day, where it is known: MI, NA, RM."),
    )
    closed = forms.CharField(
        label=gettext_lazy("Other days on which the house is closed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One a line: the day, then why. 2026-12-24 Christmas Eve"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, label in enumerate(WEEK):
            self.fields[f"day_{number}"] = forms.CharField(
                label=label, required=False, max_length=120, initial="09:00-13:00, 14:00-18:00" if number < 5 else ""
            )
        names = ["name", *(f"day_{number}" for number in range(7)), "time_zone", "country", "region", "closed"]
        self.order_fields(names)

    def clean(self) -> dict[str, Any]:
        """The week as it is kept, the closed days by date."""
        found: dict[str, Any] = super().clean() or {}
        week = {str(number): self._spans(number, found.get(f"day_{number}", "")) for number in range(7)}
        if not any(week.values()) and not self.errors:
            self.add_error("day_0", _("An office that never opens answers nobody."))
        return {
            "name": found.get("name", ""),
            "time_zone": found.get("time_zone", ""),
            "country": found.get("country", ""),
            "region": found.get("region", ""),
            "week": week,
            "closed": found.get("closed", {}),
        }

    def _spans(self, number: int, text: str) -> list[list[str]]:
        try:
            return spans_read(text)
        except Unreadable:
            self.add_error(f"day_{number}", _("Write spans like 09:00-13:00, 14:00-18:00."))
            return []

    def clean_time_zone(self) -> str:
        """A zone of the tz database."""
        zone = str(self.cleaned_data["time_zone"])
        if zone not in available_timezones():
            raise forms.ValidationError(_("There is no such time zone. For Italy it is Europe/Rome."))
        return zone

    def clean_country(self) -> str:
        """A country whose holidays are known."""
        country = str(self.cleaned_data["country"]).upper()
        if country and country not in holidays.list_supported_countries():
            raise forms.ValidationError(_("The holidays of this country are not known."))
        return country

    def clean_region(self) -> str:
        """A subdivision of that country."""
        region, country = str(self.cleaned_data["region"]).upper(), self.cleaned_data.get("country", "")
        if region and region not in holidays.list_supported_countries().get(country, []):
            raise forms.ValidationError(_("The holidays of this region are not known."))
        return region

    def clean_closed(self) -> dict[date, str]:
        """Days with their names."""
        try:
            return days_read(self.cleaned_data["closed"])
        except Unreadable as error:
            raise forms.ValidationError(_("“%(line)s” is no day.") % {"line": str(error)[:60]}) from None


def initial_of(calendar: BusinessCalendar) -> dict[str, Any]:
    """A calendar as the form shows it."""
    lines = [f"{row.day.isoformat()} {row.name}".strip() for row in calendar.closed_days.all()]
    week = {f"day_{number}": spans_written(calendar.week.get(str(number), [])) for number in range(7)}
    facts = {name: getattr(calendar, name) for name in ("name", "time_zone", "country", "region")}
    return {**facts, **week, "closed": "\n".join(lines)}
