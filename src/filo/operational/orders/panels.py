"""What orders show on the pages of others: the rail, cards, the palette, quotes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.push import topics
from filo.foundation.web.commands import Command, add_command, add_finder
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.orders.changed import register_changes
from filo.operational.orders.models import Order
from filo.operational.orders.queries.listing import NUMBER, to_see_to
from filo.operational.orders.services.taking_back import register_undo
from filo.operational.orders.telling import declare_notices
from filo.operational.parties.models import Party
from filo.operational.parties.timeline_kinds import TimelineKind
from filo.operational.parties.timeline_kinds import register as register_kind
from filo.operational.quotes.models import Quote


def register() -> None:
    """Called once, when the program starts."""
    declare_notices()
    register_changes()
    register_undo()
    topics.register("order", _may_listen)
    _add_links()
    _register_kinds()
    fill("parties.card.aside", _on_card, place=34)
    fill("quotes.quote.actions", _of_quote, place=10)


def _register_kinds() -> None:
    for code, icon, what in (
        ("drafted", "pencil", lambda _entry: _("began an order")),
        ("confirmed", "badge-check", lambda _entry: _("confirmed the order")),
        ("reopened", "undo-2", lambda _entry: _("made the order a draft again")),
        ("shipped", "truck", lambda _entry: _("shipped goods of the order")),
        ("delivered", "check", lambda _entry: _("delivered goods of the order")),
        ("returned", "undo-2", lambda _entry: _("returned goods of the order")),
        ("cancelled", "x", lambda _entry: _("called the order off")),
    ):
        register_kind(f"order.{code}", TimelineKind(icon, what, url=lambda entry: f"/orders/{entry.reference_id}"))


def _add_links() -> None:
    add_entry("rail", Entry("/orders", "truck", gettext_lazy("Orders"), _sees, place=24, counted=to_see_to, key="g o"))
    add_entry("new", Entry("/orders/new", "truck", gettext_lazy("Order"), _makes, place=24))
    add_entry(
        "settings",
        Entry(
            "/settings/orders",
            "truck",
            gettext_lazy("Orders"),
            lambda principal: principal.may("settings", "view"),
            place=46,
            hint=gettext_lazy("Carriers, promised days"),
        ),
    )
    label = gettext_lazy("New order for this customer")
    words = "ordine nuovo vendita order"
    add_command(Command("order.new", label, "truck", _new_for, _makes, words=words, subject="party", place=25))
    add_finder(_by_number)


def _new_for(_principal: Principal, card: Any) -> str:
    return f"/orders/new?party={card.party.id}" if card else ""


def _by_number(principal: Principal, text: str) -> list[Command]:
    """The orders whose number was typed."""
    named = NUMBER.search(text)
    if named is None or not _sees(principal):
        return []
    rows = Order.objects.visible_to(principal).filter(year=int(named.group(1)), number=int(named.group(2)))
    return [Command(f"order:{one.id}", str(one), "truck", f"/orders/{one.id}", hint=_("Order")) for one in rows[:3]]


def _sees(principal: Principal) -> bool:
    return principal.may("order", "view")


def _makes(principal: Principal) -> bool:
    return principal.may("order", "create")


def _may_listen(principal: Principal, order_id: str) -> bool:
    return _sees(principal) and Order.objects.visible_to(principal).filter(pk=UUID(order_id)).exists()


def _on_card(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not _sees(principal) or not isinstance(party, Party):
        return None
    return "orders/_on_card_later.html", {"party": party}


def _of_quote(request: HttpRequest, quote: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not isinstance(quote, Quote) or quote.state != "accepted":
        return None
    order = Order.objects.visible_to(principal).filter(quoted_from=quote.pk).first() if _sees(principal) else None
    return ("orders/_of_quote.html", {"quote": quote, "order": order}) if order or _makes(principal) else None
