"""The first page of the day, composed of what the modules have to say."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from filo.foundation.web.requests import StaffRequest


def today(request: StaffRequest) -> HttpResponse:
    """What to do today."""
    hour = timezone.localtime().hour
    greeting = (
        _("Good morning, %(name)s")
        if hour < 13
        else _("Good afternoon, %(name)s")
        if hour < 18
        else _("Good evening, %(name)s")
    )
    given_name = getattr(request.user, "given_name", "")
    return render(
        request,
        "config/today.html",
        {"greeting": greeting % {"name": given_name}, "day": timezone.localdate()},
    )
