"""What past orders show on the pages of others: cards, timelines, the list of orders, the palette."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import fill
from filo.operational.parties.models import Party
from filo.operational.parties.timeline_kinds import TimelineKind
from filo.operational.parties.timeline_kinds import register as register_kind
from filo.operational.past.changed import register_changes
from filo.operational.past.models import PastOrder


def register() -> None:
    """Called once, when the program starts."""
    register_changes()
    label = gettext_lazy("Past orders")
    add_command(
        Command("past-orders", label, "history", "/past-orders", _sees, words="ordini storico vecchi", place=46)
    )
    for code, icon, what in (
        ("delivered", "truck", lambda _entry: _("brought in a past order")),
        ("returned", "undo-2", lambda _entry: _("brought in a past return of goods")),
    ):
        register_kind(f"past-order.{code}", TimelineKind(icon, what, url=_url))
    fill("parties.card.aside", _on_card, place=35)
    fill("orders.list.bar", _beside_orders, place=90)


def _url(entry: Any) -> str:
    return f"/past-orders/{entry.reference_id}"


def _sees(principal: Principal) -> bool:
    return principal.may("order", "view")


def _on_card(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    """Asked for when it comes into sight, and gone where there are none: the card itself asks nothing for it."""
    principal = principal_in(request)
    if principal is None or not _sees(principal) or not isinstance(party, Party):
        return None
    return "past/_on_card_later.html", {"party": party}


def _beside_orders(request: HttpRequest, _what: Any = None) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not _sees(principal):
        return None
    return ("past/_link.html", {}) if PastOrder.objects.visible_to(principal).exists() else None
