"""How changes of orders read: which order, which lines, in which state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.amounts import sum_words
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import number_value, value_words
from filo.operational.orders.models import Order
from filo.operational.orders.states import SOURCES, STATES
from filo.operational.parties.queries.naming import names_told
from filo.operational.prices.kept_lines import lines_words

FIELDS: dict[str, Label] = {
    "state": gettext_lazy("State"),
    "number": gettext_lazy("Number"),
    "party_id": gettext_lazy("Customer"),
    "source": gettext_lazy("Source"),
    "lines": pgettext_lazy("of an order", "Lines"),
    "net": gettext_lazy("Net"),
    "vat": gettext_lazy("VAT"),
    "total": gettext_lazy("Total"),
    "cost": gettext_lazy("Cost"),
    "shipment": gettext_lazy("Shipment"),
    "returned": pgettext_lazy("of an order", "Came back"),
    "waits": gettext_lazy("Waits for goods"),
    "bill_to": gettext_lazy("Address of the invoice"),
    "ship_to": gettext_lazy("Delivery"),
    "bill_party_id": gettext_lazy("Who pays"),
    "ship_party_id": gettext_lazy("Who gets it"),
    "promised_date": gettext_lazy("Promised for"),
    "payment_terms": gettext_lazy("Payment"),
    "reference": gettext_lazy("The customer's reference"),
    "notes": gettext_lazy("Notes for the customer"),
    "internal_note": gettext_lazy("Note for colleagues"),
    "mail_to": gettext_lazy("Mails go to"),
    "coupons": gettext_lazy("Coupons"),
    "currency": gettext_lazy("Currency"),
    "language": gettext_lazy("Language"),
    "gross": gettext_lazy("Prices include VAT"),
    "owner_id": pgettext_lazy("an order", "Who has it"),
}
PARTIES = ("party_id", "bill_party_id", "ship_party_id")
SUMS = ("net", "vat", "total", "cost")
ACTIONS: dict[str, Label] = {
    "order.draft": pgettext_lazy("an order", "Begun"),
    "order.edit": pgettext_lazy("an order", "Changed"),
    "order.lines": pgettext_lazy("an order", "Lines written"),
    "order.confirm": pgettext_lazy("an order", "Confirmed"),
    "order.reopen": pgettext_lazy("an order", "A draft again"),
    "order.fill": pgettext_lazy("an order", "Goods came in"),
    "order.prepare": pgettext_lazy("an order", "Prepared"),
    "order.unprepare": pgettext_lazy("an order", "Not prepared after all"),
    "order.ship": pgettext_lazy("an order", "Shipped"),
    "order.track": pgettext_lazy("an order", "News of a shipment"),
    "order.deliver": pgettext_lazy("an order", "Delivered"),
    "order.undeliver": pgettext_lazy("an order", "Not delivered after all"),
    "order.return": pgettext_lazy("an order", "Goods came back"),
    "order.restore": pgettext_lazy("an order", "On again"),
    "order.cancel": pgettext_lazy("an order", "Cancelled"),
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("order", gettext_lazy("Orders"), FIELDS, words=_of_orders, actions=ACTIONS)


def _of_orders(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    ids = [entry.object_id for entry in entries]
    seen = Order.objects.visible_to(principal).filter(pk__in=ids)
    things = {order.pk: Thing(str(order), f"/orders/{order.pk}") for order in seen}
    owners = {str(raw) for entry in entries for raw in entry.changes.get("owner_id", []) if raw}
    names = {str(user.pk): user.name for user in User.objects.filter(pk__in=owners)} if owners else {}
    names |= names_told(principal, entries, *PARTIES)
    words = {"state": dict(STATES), "source": dict(SOURCES)}
    hides = "cost" in principal.hidden("order")

    def value(name: str, raw: Any) -> str | None:
        if name == "cost" and hides:
            return None
        if name in SUMS:
            return number_value(raw, sum_words)
        if name == "lines" and isinstance(raw, list):
            return lines_words(raw)
        if name in words and raw:
            return str(words[name].get(str(raw), raw))
        return names.get(str(raw)) or value_words(raw)

    return Telling(value, things)
