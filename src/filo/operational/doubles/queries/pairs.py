"""Pairs that may be one customer, as far as somebody sees both."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.doubles.models import DoublePair, PairState
from filo.operational.parties.models import Party


def open_pairs(principal: Principal, *, least: float = 0.0) -> QuerySet[DoublePair]:
    """The visible pairs that wait for somebody, the likeliest first."""
    found: QuerySet[DoublePair] = DoublePair.objects.visible_to(principal)
    found = found.filter(state=PairState.OPEN, probability__gte=least)
    return found.select_related("first", "second").order_by("-probability", "-id")


def pairs_of(principal: Principal, party: Party) -> QuerySet[DoublePair]:
    """The open pairs of one card."""
    return open_pairs(principal).filter(Q(first=party) | Q(second=party))


def pair_of(principal: Principal, one: Party, other: Party) -> DoublePair | None:
    """The pair that these two are, if it was found."""
    first, second = sorted((one.pk, other.pk))
    found: DoublePair | None = DoublePair.objects.visible_to(principal).filter(first=first, second=second).first()
    return found


def seen_pair(principal: Principal, pair_id: UUID) -> DoublePair:
    """A pair of which both cards are seen. Raises `NotFound`."""
    found = DoublePair.objects.visible_to(principal).select_related("first", "second").filter(pk=pair_id).first()
    if found is None:
        raise NotFound
    return found
