"""Narrowing the list of customers by when they last wrote, called or met with us: one name for each channel."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.filters.conditions import Condition, moments_of
from filo.foundation.filters.fields import FilterField
from filo.operational.interactions.models import CHANNELS, Interaction
from filo.operational.parties.filters import HEARD, PARTY_FILTERS


def declare_channels() -> None:
    """Called once, when the program starts."""
    PARTY_FILTERS.with_more(
        *(
            FilterField(
                f"interaction.{code}",
                format_lazy("{} ({})", _("Last contact"), label),
                HEARD,
                _through(code),
                never_is_old=True,
            )
            for code, label in CHANNELS
        )
    )


def _through(channel: str) -> Condition:
    """The last interaction of a channel that one may see lies in the days asked for."""

    def condition(principal: Principal, operator: str, value: Any) -> Q:
        known = Interaction.objects.visible_to(principal).filter(channel=channel, party=OuterRef("pk")).order_by()
        ever = Q(Exists(known))
        if operator in ("empty", "set"):
            return ever if operator == "set" else ~ever
        since, until = moments_of(operator, value)
        found = Q(Exists(known.filter(at__gte=since))) if since else Q()
        if until:
            found &= ~Q(Exists(known.filter(at__gte=until)))
        return found & ever if operator == "before" else found

    return condition
