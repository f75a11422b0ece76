"""Narrowing the list of customers by what is known of them: one name for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from filo.foundation.access.principal import Principal
from filo.foundation.filters.conditions import CHOICE, values_of
from filo.foundation.filters.fields import FilterField
from filo.operational.parties.filters import PARTY_FILTERS
from filo.operational.profile.models import Trait, TraitKind

KNOWN = (*CHOICE, "empty", "set")
WORDS = ("is", "contains", "empty", "set")


def declare_traits() -> None:
    """Called once, when the program starts."""
    PARTY_FILTERS.with_source(_fields)


def _fields(_principal: Principal) -> Iterable[FilterField]:
    for kind in TraitKind.objects.filter(active=True):
        chosen = kind.type == "choice"
        yield FilterField(
            f"trait.{kind.code}",
            str(kind),
            KNOWN if chosen else WORDS,
            _known(kind.code),
            _answers(kind) if chosen else None,
        )


def _answers(kind: TraitKind) -> Callable[[Principal], list[tuple[str, str]]]:
    return lambda _principal: kind.answers


def _known(code: str) -> Callable[[Principal, str, Any], Q]:
    """The facts of customers in the list are seen with the customer; nothing else decides."""

    def condition(_principal: Principal, operator: str, value: Any) -> Q:
        rows = Trait.objects.filter(party=OuterRef("pk"), kind__code=code, ended_at=None).order_by()
        if operator in ("empty", "set"):
            return Q(Exists(rows)) if operator == "set" else ~Q(Exists(rows))
        if operator == "contains":
            return Q(Exists(rows.filter(value__icontains=str(value))))
        found = Q(Exists(rows.filter(value__in=values_of(operator, value))))
        return ~found if operator == "is-not" else found

    return condition
