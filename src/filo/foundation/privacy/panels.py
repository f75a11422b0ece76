"""What privacy adds to the pages of others: its chapters of the settings, and holds on the card."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from filo.foundation.privacy.models import Hold
from filo.foundation.privacy.policies import decides_privacy, sees_privacy
from filo.foundation.privacy.queries import hold_of
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill


def register() -> None:
    """Called once, when the program starts."""
    hint = _("How long data is kept, and what was let go")
    add_entry("settings", Entry("/settings/retention", "clock", _("Retention"), sees_privacy, place=66, hint=hint))
    hint = _("What is held about people, why and for how long")
    entry = Entry("/settings/personal-data", "shield", _("Personal data"), sees_privacy, place=68, hint=hint)
    add_entry("settings", entry)
    fill("parties.card.line", _badge, place=20)
    fill("parties.card.more", _button, place=80)


def _badge(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    hold = _standing(request, party)
    principal = principal_in(request)
    if hold is None or principal is None:
        return None
    return "privacy/_held.html", {"hold": hold, "reason": hold.reason if sees_privacy(principal) else ""}


def _button(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not decides_privacy(principal):
        return None
    return "privacy/_hold_button.html", {"party": party, "hold": _standing(request, party)}


def _standing(request: HttpRequest, party: Any) -> Hold | None:
    """Read once, though two panels of a card show it."""
    if not getattr(party, "is_held", True):
        return None
    if not hasattr(request, "hold_on_card"):
        request.hold_on_card = hold_of("party", party.id)  # type: ignore[attr-defined]
    found: Hold | None = request.hold_on_card  # type: ignore[attr-defined]
    return found
