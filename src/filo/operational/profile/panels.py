"""What is known on the customer's card, its kinds in the settings, and lists narrowed by it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from filo.foundation.organisation.founding import at_founding
from filo.foundation.organisation.models import Firm
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.parties.models import Party
from filo.operational.profile.changed import register_changes
from filo.operational.profile.narrowing import declare_traits
from filo.operational.profile.services.kinds import make_ready_kinds
from filo.operational.profile.services.taking_back import register_undo


def register() -> None:
    """Called once, when the program starts."""
    fill("parties.card.aside", _on_card, place=12)
    at_founding(_ready)
    register_changes()
    register_undo()
    declare_traits()
    add_entry(
        "settings",
        Entry(
            "/settings/profile",
            "id-card",
            _("What is known of customers"),
            lambda principal: principal.may("settings", "view"),
            place=52,
            hint=_("Sizes, colours, fibres: what can be noted on a card"),
        ),
    )


def _on_card(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not isinstance(party, Party):
        return None
    return "profile/_on_card_later.html", {"party": party}


def _ready(_firm: Firm) -> None:
    make_ready_kinds()
