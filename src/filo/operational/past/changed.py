"""How changes of past orders read: they came in, or left with the import that brought them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import value_words
from filo.operational.past.models import PastOrder

FIELDS: dict[str, Label] = {"number": gettext_lazy("Number"), "total": gettext_lazy("Total")}
ACTIONS: dict[str, Label] = {
    "past-order.arrive": pgettext_lazy("a past order", "Came in"),
    "past-order.leave": pgettext_lazy("a past order", "Left with its import"),
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("past-order", gettext_lazy("Past orders"), FIELDS, words=_of_past_orders, actions=ACTIONS)


def _of_past_orders(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    seen = PastOrder.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    things = {found.pk: Thing(str(found), f"/past-orders/{found.pk}") for found in seen}

    def value(_name: str, raw: Any) -> str:
        return value_words(raw)

    return Telling(value, things)
