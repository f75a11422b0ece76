"""Conditions that several lists declare alike: one of some values, one of some ids."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.db.models import Q

from filo.foundation.access.principal import Principal

CHOICE = ("is", "is-not", "in")
MOST_VALUES = 200
Condition = Callable[[Principal, str, Any], Q]


def values_of(operator: str, value: Any) -> list[str]:
    """The values a condition names: a list for *in*, one otherwise. Raises ValueError."""
    found = value if operator == "in" else [value]
    if not isinstance(found, list) or not found or len(found) > MOST_VALUES:
        raise ValueError
    return [str(part) for part in found]


def among(path: str, allowed: Collection[str] | None = None) -> Condition:
    """`path` is one of the values, which must be among the `allowed` if those are given."""

    def condition(_principal: Principal, operator: str, value: Any) -> Q:
        wanted = values_of(operator, value)
        if allowed is not None and not set(wanted) <= set(allowed):
            raise ValueError
        found = Q(**{f"{path}__in": wanted})
        return ~found if operator == "is-not" else found

    return condition


def by_id(path: str) -> Condition:
    """`path` is one of the ids; *me* is the id of whoever asks."""

    def condition(principal: Principal, operator: str, value: Any) -> Q:
        wanted = [principal.user_id if part == "me" else UUID(part) for part in values_of(operator, value)]
        found = Q(**{f"{path}__in": wanted})
        return ~found if operator == "is-not" else found

    return condition
