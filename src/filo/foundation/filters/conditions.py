"""Conditions that several lists declare alike: one of some values or ids, a day, a moment, a number."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db.models import Q

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.filters.fields import IN_DAYS

CHOICE = ("is", "is-not", "in")
PAST = ("before", "after", "today", "this-week", "this-month", "last-month", "within-days", "older-than-days")
DAY = (*PAST, "next-days", "empty", "set")
NUMBER = ("is", "more", "less", "empty", "set")
MOST_VALUES, MOST_DAYS, MOST = 200, 36_500, Decimal(10) ** 15
DAY_LONG = timedelta(days=1)
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


def span_of(operator: str, value: Any) -> tuple[date | None, date | None]:
    """The days an operator means: from the first to the one before the second; None is open. Raises ValueError."""
    today = clock.today()
    if operator in ("before", "after"):
        day = date.fromisoformat(str(value))
        return (None, day) if operator == "before" else (day + DAY_LONG, None)
    if operator in IN_DAYS:
        days = days_in(value)
        spans: dict[str, tuple[date | None, date | None]] = {
            "within-days": (today - days, today + DAY_LONG),
            "older-than-days": (None, today - days),
            "next-days": (today, today + days + DAY_LONG),
        }
        return spans[operator]
    return _calendar_span(operator, today)


def _calendar_span(operator: str, today: date) -> tuple[date, date]:
    monday, first = today - today.weekday() * DAY_LONG, today.replace(day=1)
    spans = {
        "today": (today, today + DAY_LONG),
        "this-week": (monday, monday + 7 * DAY_LONG),
        "this-month": (first, (first + 31 * DAY_LONG).replace(day=1)),
        "last-month": ((first - DAY_LONG).replace(day=1), first),
    }
    if operator not in spans:
        raise ValueError
    return spans[operator]


def moments_of(operator: str, value: Any) -> tuple[datetime | None, datetime | None]:
    """The same as moments: days begin at midnight where the asker is, so many days ago is counted from now."""
    if operator == "within-days":
        return clock.now() - days_in(value), None
    if operator == "older-than-days":
        return None, clock.now() - days_in(value)
    since, until = span_of(operator, value)
    return clock.midnight(since) if since else None, clock.midnight(until) if until else None


def days_in(value: Any) -> timedelta:
    """So many days, none below zero. Raises ValueError."""
    days = int(value)
    if days < 0:
        raise ValueError
    return timedelta(days=min(days, MOST_DAYS))


def number_in(value: Any) -> Decimal:
    """A number as people or programs write it. Raises ValueError."""
    try:
        found = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        raise ValueError from None
    if not found.is_finite() or abs(found) > MOST:
        raise ValueError
    return found


def by_moment(path: str) -> Condition:
    """`path` is a moment that lies in the days asked for; what never was is longer ago than any day."""
    return _in_span(path, moments_of)


def by_day(path: str) -> Condition:
    """The same for a day."""
    return _in_span(path, span_of)


def _in_span(path: str, span: Callable[[str, Any], tuple[Any, Any]]) -> Condition:
    def condition(_principal: Principal, operator: str, value: Any) -> Q:
        if operator in ("empty", "set"):
            return Q(**{f"{path}__isnull": operator == "empty"})
        since, until = span(operator, value)
        found = Q(**{f"{path}__gte": since}) if since else Q()
        if until:
            found &= Q(**{f"{path}__lt": until})
        return found | Q(**{f"{path}__isnull": True}) if operator == "older-than-days" else found

    return condition


def by_number(path: str) -> Condition:
    """`path` is a number that is the one asked for, or more, or less."""

    def condition(_principal: Principal, operator: str, value: Any) -> Q:
        if operator in ("empty", "set"):
            return Q(**{f"{path}__isnull": operator == "empty"})
        lookups = {"is": path, "more": f"{path}__gt", "less": f"{path}__lt"}
        return Q(**{lookups[operator]: number_in(value)})

    return condition
