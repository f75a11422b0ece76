"""The way to it from the page of the secret address, and the scope of its passwords."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from filo.foundation.accounts.tokens import declare_door
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.slots import fill
from filo.operational.caldav.access import SCOPE


def register() -> None:
    """Called once, when the program starts."""
    declare_door(SCOPE)
    fill("activities.calendar.programs", _way, place=10)
    add_command(
        Command(
            "calendar.programs",
            gettext_lazy("Calendar on the telephone"),
            "calendar",
            "/calendar/programs",
            lambda principal: principal.may("task", "view"),
            words="caldav apple thunderbird davx5 outlook agenda telefono calendario sincronizza sync phone",
            place=33,
        )
    )


def _way(_request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    return "caldav/_way.html", {}
