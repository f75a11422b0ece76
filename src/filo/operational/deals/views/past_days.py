"""A day in the past is kept as it was typed, with a warning."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.web.requests import StaffRequest
from filo.foundation.web.templatetags.web import full_day


def warn_of_past(request: StaffRequest, **days: date | None) -> None:
    """Say of each day that was typed and has gone by that it has; it is kept as it was typed."""
    sentences = {
        "close_date": _("The expected close is in the past: %(day)s."),
        "next_on": _("The day of the next step is in the past: %(day)s."),
    }
    for name, day in days.items():
        if day is not None and day < clock.today():
            messages.warning(request, sentences[name] % {"day": full_day(day)})
