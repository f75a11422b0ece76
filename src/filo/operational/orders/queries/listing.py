"""Lists of orders: narrowed by a view and words, newest first or what is due first."""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.web.paging import Key, Page, page_of
from filo.operational.orders.models import Order
from filo.operational.orders.states import TO_SHIP
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import ids_matching

VIEWS = {
    "all": pgettext_lazy("orders", "All"),
    "to-confirm": _("To confirm"),
    "to-ship": _("To ship"),
    "waiting": _("Waiting for goods"),
    "late": pgettext_lazy("orders", "Late"),
    "on-the-way": _("On the way"),
}
NUMBER = re.compile(r"(20\d\d)/(\d{1,9})")
_LATEST = (Key("created_at", descending=True), Key("id", descending=True))
_DUE = (Key("promised_date", nullable=True), Key("id"))
SORTS = {
    "-created": _LATEST,
    "created": (Key("created_at"), Key("id")),
    "promised": _DUE,
    "total": (Key("total"), Key("id")),
    "-total": (Key("total", descending=True), Key("id", descending=True)),
}


def orders_found(principal: Principal, view: str, text: str = "") -> QuerySet[Order]:
    """The visible orders of a view that match words: a number as 2026/31, a customer, his reference."""
    found = Order.objects.visible_to(principal).filter(_conditions(view))
    text = text.strip()
    if not text:
        return found
    if named := NUMBER.search(text):
        return found.filter(year=int(named.group(1)), number=int(named.group(2)))
    customers = Party.objects.visible_to(principal).filter(pk__in=ids_matching(principal, text))
    return found.filter(Q(reference__icontains=text) | Q(party__in=customers.values("pk")))


def _conditions(view: str) -> Q:
    return {
        "to-confirm": Q(state="draft"),
        "to-ship": Q(state__in=TO_SHIP),
        "waiting": Q(waits=True),
        "late": Q(state__in=(*TO_SHIP, "shipped"), promised_date__lt=clock.today()),
        "on-the-way": Q(state__in=("part", "shipped")),
    }.get(view, Q())


def page_of_orders(found: QuerySet[Order], view: str, *, size: int, cursor: str) -> Page[Order]:
    """One page of a list."""
    keys = _DUE if view in ("to-ship", "late") else _LATEST
    return page_of(found.for_list(), keys, size=size, cursor=cursor)  # type: ignore[attr-defined]


def to_see_to(principal: Principal) -> QuerySet[Order]:
    """Those that are late, for the rail."""
    return orders_found(principal, "late")


def orders_of(principal: Principal, party: Party) -> list[Order]:
    """The latest of a customer."""
    return list(Order.objects.visible_to(principal).filter(party=party).order_by("-created_at", "-id")[:6])
