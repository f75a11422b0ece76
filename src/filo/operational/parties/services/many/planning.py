"""What an act would do to each of some parties, or why it does nothing: for the preview and for the run alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import EVERYTHING, Rule
from filo.foundation.audit.services import Changes
from filo.operational.parties.models import Party, Relationship, RelationshipMember
from filo.operational.parties.own_fields import PREFIX
from filo.operational.parties.policies import (
    PARTY_DELETED,
    PARTY_EDITED,
    RELATIONSHIP_ASSIGNED,
    RELATIONSHIP_EDITED,
    RELATIONSHIP_SEEN,
)
from filo.operational.parties.services.many.acts import Act, as_key, own_facts

SENTENCES: dict[str, str | Promise] = {
    "unseen": _("It is not there any more, or not yours to see."),
    "forbidden": _("You may see it, but not change it."),
    "others": _("Others work with it too, or your role may not put it into the bin."),
    "alone": _("It has no relationship with a company, so there is nothing to change."),
    "ended": _("Its relationship has ended."),
    "same": _("It is so already."),
    "required": _("Its stage requires this field: it stays filled in."),
    "changed": _("Somebody changed it after the preview."),
}
DIGEST = 8


@dataclass(frozen=True)
class Step:
    """A row that changes: a party, or one of its relationships."""

    row: Any
    changes: Changes


@dataclass(frozen=True)
class Planned:
    """A party with what changes, and why nothing does, or not all of it."""

    party: UUID
    steps: Sequence[Step] = ()
    reason: str = ""

    @property
    def seen(self) -> bytes:
        """What it was, in few bytes, so that a change by somebody else is noticed."""
        was = [
            (str(step.row.pk), sorted((name, str(pair[0])) for name, pair in step.changes.items()))
            for step in self.steps
        ]
        return blake2b(repr((was, self.reason)).encode(), digest_size=DIGEST).digest()


def plan(principal: Principal, act: Act, ids: Sequence[UUID], *, locked: bool = False) -> list[Planned]:
    """What the act does to each of these parties, in their order; `locked` holds the rows for the transaction."""
    planner = _RelationshipPlanner if act.is_about_relationships else _PartyPlanner
    found = planner(principal, act, ids, locked=locked).found()
    return [found.get(key) or Planned(key, reason="unseen") for key in ids]


def _under(rule: Rule, principal: Principal, rows: QuerySet[Any]) -> set[UUID] | None:
    """The keys among the rows that a rule gives; None for all of them."""
    condition = rule.rows(principal)
    return None if condition == EVERYTHING else set(rows.filter(condition).values_list("pk", flat=True))


def _is_in(key: UUID, keys: set[UUID] | None) -> bool:
    return keys is None or key in keys


class _PartyPlanner:
    """Facts, and the bin."""

    def __init__(self, principal: Principal, act: Act, ids: Sequence[UUID], *, locked: bool) -> None:
        self.principal, self.act, self.ids = principal, act, ids
        self.rows = Party.objects.filter(pk__in=ids).order_by("pk")
        if locked:
            self.rows = self.rows.select_for_update(no_key=True)
        self.moment = clock.now()
        self.bound: set[UUID] = set()

    def found(self) -> dict[UUID, Planned]:
        """By party; who is not seen is missing."""
        parties = list(self.rows)
        seen = set(Party.objects.visible_to(self.principal).filter(pk__in=self.ids).values_list("pk", flat=True))
        rule = PARTY_DELETED if self.act.kind == "bin" else PARTY_EDITED
        allowed = _under(rule, self.principal, Party.objects.filter(pk__in=self.ids))
        step = self._into_the_bin if self.act.kind == "bin" else self._fact
        self.bound = self._bound()
        return {party.pk: self._planned(party, allowed, step) for party in parties if party.pk in seen}

    def _planned(self, party: Party, allowed: set[UUID] | None, step: Callable[[Party], Step | None]) -> Planned:
        if not _is_in(party.pk, allowed):
            return Planned(party.pk, reason="others" if self.act.kind == "bin" else "forbidden")
        found = step(party)
        if found and party.pk in self.bound:
            return Planned(party.pk, reason="required")
        return Planned(party.pk, [found]) if found else Planned(party.pk, reason="same")

    def _into_the_bin(self, party: Party) -> Step:
        return Step(party, {"deleted_at": (None, self.moment)})

    def _fact(self, party: Party) -> Step | None:
        ((name, value),) = self.act.to.items()
        before = fact_of(party, name)
        return Step(party, {name: (before, value)}) if before != value else None

    def _bound(self) -> set[UUID]:
        """Those whose stage requires the field that is to be emptied."""
        name, value = next(iter(self.act.to.items()), ("", ""))
        field = own_facts().get(name) if value is None else None
        if field is None:
            return set()
        held = Relationship.objects.filter(party__in=self.ids, ended_at=None)
        return set(held.filter(stage__in=field.required.get("stages", ())).values_list("party_id", flat=True))


def fact_of(party: Party, name: str) -> Any:
    """What a party has: in a column of its own, or in a field of the firm's."""
    return party.fields.get(name.removeprefix(PREFIX)) if name.startswith(PREFIX) else getattr(party, name)


class _RelationshipPlanner:
    """Owners, places, members and stages: every relationship that goes on and lies within reach."""

    def __init__(self, principal: Principal, act: Act, ids: Sequence[UUID], *, locked: bool) -> None:
        self.principal, self.act, self.ids = principal, act, ids
        self.plain = Relationship.objects.filter(party__in=ids)
        self.rows = self.plain.order_by("pk")
        if locked:
            self.rows = self.rows.select_for_update()
        self.moment = clock.now()
        self.members: dict[UUID, dict[UUID, RelationshipMember]] = {}

    def found(self) -> dict[UUID, Planned]:
        """By party; who is not seen is missing."""
        rows = list(self.rows)
        seen = set(Party.objects.visible_to(self.principal).filter(pk__in=self.ids).values_list("pk", flat=True))
        shown = _under(RELATIONSHIP_SEEN, self.principal, self.plain)
        rule = RELATIONSHIP_EDITED if self.act.kind == "stage" else RELATIONSHIP_ASSIGNED
        allowed = _under(rule, self.principal, self.plain)
        if self.act.kind.startswith("member"):
            self._read_members(rows)
        of: dict[UUID, list[Relationship]] = {}
        for row in rows:
            if _is_in(row.pk, shown) and self._is_meant(row):
                of.setdefault(row.party_id, []).append(row)
        return {key: self._planned(key, of.get(key, []), allowed) for key in self.ids if key in seen}

    def _read_members(self, rows: Iterable[Relationship]) -> None:
        for member in RelationshipMember.objects.filter(relationship__in=[row.pk for row in rows]):
            self.members.setdefault(member.relationship_id, {})[member.user_id] = member

    def _is_meant(self, row: Relationship) -> bool:
        company, line = self.act.company, self.act.line
        return company in (None, str(row.company_id)) and line in (None, str(row.product_line_id))

    def _planned(self, party: UUID, rows: Sequence[Relationship], allowed: set[UUID] | None) -> Planned:
        steps, reasons = [], []
        for row in rows:
            reason = self._reason_against(row, allowed)
            changes = {} if reason else self._changes(row)
            if changes:
                steps.append(Step(row, changes))
            else:
                reasons.append(reason or "same")
        order = ("forbidden", "ended") if steps else ("forbidden", "ended", "same", "alone")
        reason = next((code for code in order if code in reasons), "" if steps else "alone")
        return Planned(party, steps, reason)

    def _reason_against(self, row: Relationship, allowed: set[UUID] | None) -> str:
        if not _is_in(row.pk, allowed):
            return "forbidden"
        return "ended" if row.ended_at else ""

    def _changes(self, row: Relationship) -> Changes:
        if self.act.kind == "stage":
            return self._to_stage(row)
        if self.act.kind == "assign":
            wanted = {name: as_key(value) for name, value in self.act.to.items()}
            pairs = {name: (getattr(row, name), value) for name, value in wanted.items()}
            return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        return self._membership(row)

    def _to_stage(self, row: Relationship) -> Changes:
        to = str(self.act.to["stage"])
        if row.stage == to:
            return {}
        changes: dict[str, tuple[Any, Any]] = {
            "stage": (row.stage, to),
            "stage_since": (row.stage_since, self.moment),
            "reason": ("", self.act.reason),
        }
        if to == "customer" and row.customer_since is None:
            changes["customer_since"] = (None, self.moment.date())
        return changes

    def _membership(self, row: Relationship) -> Changes:
        user, kept = UUID(str(self.act.to["user"])), self.members.get(row.pk, {})
        before = sorted(str(key) for key in kept)
        if self.act.kind == "member-add":
            if user in kept or row.owner_id == user:
                return {}
            return {"members": (before, sorted([*before, str(user)]))}
        if user not in kept:
            return {}
        after = [key for key in before if key != str(user)]
        return {"members": (before, after), "member": (shown_member(kept[user]), None)}


def shown_member(member: RelationshipMember) -> dict[str, str]:
    """A member as the audit keeps it, whole enough to bring it back."""
    return {"id": str(member.pk), "user": str(member.user_id), "role": member.role}
