"""Which rows a rule decides about, which of them are due, and which are held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from filo.foundation.keeping import NOTHING, Held, KeptKind, Narrowing
from filo.foundation.privacy.models import Hold, RetentionRule
from filo.foundation.privacy.subjects import subject_kinds

EVERYTHING = Q()


def held_now() -> Held:
    """Whose data is held at this moment."""
    found: dict[str, set[Any]] = {}
    for kind, id_ in Hold.objects.standing().values_list("subject_kind", "subject_id"):
        found.setdefault(kind, set()).add(id_)
    if not found:
        return Held()
    addresses = {
        address.lower()
        for kind in subject_kinds()
        if kind.code in found
        for address in kind.addresses(found[kind.code])
    }
    return Held(
        parties=frozenset(found.get("party", ())),
        people=frozenset(found.get("user", ())),
        addresses=frozenset(addresses),
    )


def decided_by(kind: KeptKind, rule: RetentionRule, rules: Sequence[RetentionRule]) -> QuerySet[Any]:
    """The rows that a rule decides about: what it names, without what a narrower one of the active `rules` names."""
    rows = kind.rows().filter(_named(kind, rule))
    for other in rules:
        if other.kind == rule.kind and other.narrowness > rule.narrowness and _meet(rule, other):
            rows = rows.exclude(_named(kind, other))
    return rows


def due_by(kind: KeptKind, rule: RetentionRule, rules: Sequence[RetentionRule], now: datetime) -> QuerySet[Any]:
    """Those of them that have been kept as long as the rule says."""
    return decided_by(kind, rule, rules).filter(**{f"{kind.moment}__lt": now - timedelta(days=rule.days)})


def let_go(kind: KeptKind, due: QuerySet[Any], held: Held) -> QuerySet[Any]:
    """What may go of what is due."""
    return due.exclude(kind.held(held)) if held else due


def kept_back(kind: KeptKind, due: QuerySet[Any], held: Held) -> QuerySet[Any]:
    """What stays of what is due, because somebody's data is held."""
    return due.filter(kind.held(held)) if held else due.none()


def narrowing(found: Sequence[Narrowing], code: str) -> Narrowing | None:
    """The source or purpose of this code."""
    return next((part for part in found if part.code == code), None)


def _named(kind: KeptKind, rule: RetentionRule) -> Q:
    """A source or purpose that is no more names no rows: what cannot be understood takes nothing away."""
    return _part(kind.sources(), rule.source) & _part(kind.purposes(), rule.purpose)


def _part(found: Sequence[Narrowing], code: str) -> Q:
    if not code:
        return EVERYTHING
    part = narrowing(found, code)
    return part.rows if part else NOTHING


def _meet(one: RetentionRule, other: RetentionRule) -> bool:
    """Whether a row can be named by both."""
    return (not one.source or not other.source or one.source == other.source) and (
        not one.purpose or not other.purpose or one.purpose == other.purpose
    )
