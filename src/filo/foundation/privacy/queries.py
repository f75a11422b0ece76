"""Reads of privacy: rules in words, what would go tonight, reports, holds, and until when something is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, QuerySet, UUIDField
from django.utils.functional import cached_property

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.keeping import KeptKind, Proposal
from filo.foundation.prepared import Prepared, asked
from filo.foundation.privacy.deciding import decided_by, due_by, held_now, kept_back, let_go
from filo.foundation.privacy.models import Hold, RetentionRule, RetentionRun
from filo.foundation.privacy.registry import kept_kind, kept_kinds
from filo.foundation.privacy.subjects import subject_kinds
from filo.foundation.privacy.words import about_what, period

EXAMPLES = 5
RUNS_SHOWN = 30
HOLDS_SHOWN = 200


@dataclass(frozen=True)
class Said:
    """A rule as the page says it."""

    rule: RetentionRule

    @property
    def about(self) -> str:
        """What it is about: kind, source, purpose."""
        return about_what(kept_kind(self.rule.kind), self.rule.kind, self.rule.source, self.rule.purpose)

    @property
    def period(self) -> str:
        """For how long."""
        return period(self.rule.days)


@dataclass(frozen=True)
class Proposed:
    """A rule that nobody made yet, as the page says it."""

    kind: KeptKind
    proposal: Proposal

    @property
    def about(self) -> str:
        """What it would be about."""
        return about_what(self.kind, self.kind.code, self.proposal.source, self.proposal.purpose)

    @property
    def period(self) -> str:
        """For how long."""
        return period(self.proposal.days)


@dataclass(frozen=True)
class Preview:
    """What a rule would do tonight: so many rows go, so many stay held, the oldest, and some that one may see."""

    number: int
    held: int
    oldest: datetime | None
    examples: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class HeldSubject:
    """A hold with the name of whom it is about, if that may be seen."""

    hold: Hold
    name: str
    page: str

    @cached_property
    def stands(self) -> bool:
        """Whether its last day is still to come."""
        return self.hold.until is None or self.hold.until >= clock.today()


def seen_rules(principal: Principal) -> list[Said]:
    """The rules, those at work first. Raises `Forbidden`."""
    principal.require("privacy", "view")
    return [Said(rule) for rule in RetentionRule.objects.visible_to(principal).order_by("-active", "kind", "source")]


def seen_rule(principal: Principal, rule_id: UUID) -> RetentionRule:
    """One of them. Raises `Forbidden`, `NotFound`."""
    principal.require("privacy", "view")
    found = RetentionRule.objects.visible_to(principal).filter(pk=rule_id).first()
    if found is None:
        raise NotFound
    return found


def proposals(rules: Iterable[Said]) -> list[Proposed]:
    """What makes a good beginning and is no rule yet, at work or at rest."""
    made = {(said.rule.kind, said.rule.source, said.rule.purpose) for said in rules}
    return [
        Proposed(kind, proposal)
        for kind in kept_kinds().values()
        for proposal in kind.proposals
        if (kind.code, proposal.source, proposal.purpose) not in made
    ]


def preview(principal: Principal, rule: RetentionRule) -> Preview:
    """What would go tonight if this rule, saved or not, were at work beside the others. Raises `Forbidden`."""
    principal.require("privacy", "view")
    kind = kept_kind(rule.kind)
    if kind is None:
        return Preview(0, 0, None)
    others = list(RetentionRule.objects.filter(active=True, kind=rule.kind).exclude(pk=rule.pk))
    held = held_now()
    due = due_by(kind, rule, others, clock.now())
    going = let_go(kind, due, held)
    return Preview(
        number=going.count(),
        held=kept_back(kind, due, held).count(),
        oldest=going.order_by(kind.moment).values_list(kind.moment, flat=True).first(),
        examples=_examples(principal, kind, going),
    )


def last_runs(principal: Principal) -> list[tuple[RetentionRun, str]]:
    """The reports of the last nights, newest first, each with what its rule is about. Raises `Forbidden`."""
    principal.require("privacy", "view")
    rows = RetentionRun.objects.select_related("rule")[:RUNS_SHOWN]
    return [(run, Said(run.rule).about) for run in rows]


def seen_holds(principal: Principal) -> list[HeldSubject]:
    """Whose data is held, the newest first. Raises `Forbidden`."""
    principal.require("privacy", "view")
    rows = list(Hold.objects.visible_to(principal).filter(lifted_at=None)[:HOLDS_SHOWN])
    found: list[HeldSubject] = []
    kinds = {kind.code: kind for kind in subject_kinds()}
    for code, kind in kinds.items():
        of_kind = [row for row in rows if row.subject_kind == code]
        names = kind.names(principal, [row.subject_id for row in of_kind]) if of_kind else {}
        for row in of_kind:
            name = names.get(row.subject_id, "")
            found.append(HeldSubject(row, name, kind.page(row.subject_id) if name else ""))
    return sorted(found, key=lambda one: one.hold.placed_at, reverse=True)


def seen_hold(principal: Principal, hold_id: UUID) -> Hold:
    """One of them. Raises `Forbidden`, `NotFound`."""
    principal.require("privacy", "view")
    found = Hold.objects.visible_to(principal).filter(pk=hold_id).first()
    if found is None:
        raise NotFound
    return found


_HELD: Prepared[Hold] = Prepared(
    lambda: Hold.objects.filter(
        subject_id=asked("id", UUIDField()), subject_kind=asked("kind", CharField()), lifted_at=None
    )
)


def hold_of(kind: str, subject_id: UUID) -> Hold | None:
    """The hold on somebody's data that stands today."""
    found = _HELD.first(kind=kind, id=subject_id)
    return found if found and (found.until is None or found.until >= clock.today()) else None


def kept_until(code: str, key: Any) -> datetime | None:
    """Until when the row of a kind with this key is kept; None when no active rule says so, or it is held."""
    kind = kept_kind(code)
    rules = list(RetentionRule.objects.filter(active=True, kind=code)) if kind else []
    if kind is None or not rules:
        return None
    for rule in sorted(rules, key=lambda rule: -rule.narrowness):
        rows = decided_by(kind, rule, rules).filter(pk=key)
        moment = rows.values_list(kind.moment, flat=True).first()
        if moment is not None:
            return None if kept_back(kind, rows, held_now()).exists() else moment + timedelta(days=rule.days)
    return None


def _examples(principal: Principal, kind: KeptKind, going: QuerySet[Any]) -> list[tuple[str, str]]:
    seen = kind.seen(principal)
    if seen is None:
        return []
    rows = seen.filter(pk__in=going.order_by().values("pk")).order_by(kind.moment)[:EXAMPLES]
    return [(kind.said(row), kind.address(row)) for row in rows]
