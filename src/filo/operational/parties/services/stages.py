"""How a relationship moves along the thread: by rules that only move it forward, or by hand with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, Stale
from filo.foundation.events.services import announce
from filo.foundation.fields.values import refuse_missing
from filo.operational.parties.events import StageMoved
from filo.operational.parties.models import Party, Relationship, StageChange
from filo.operational.parties.models.relationship import STAGE_ORDER
from filo.operational.parties.own_fields import ENTITY
from filo.operational.parties.policies import RELATIONSHIP_EDITED
from filo.operational.parties.services import reach
from filo.operational.parties.services.timeline import page_changed, tell


def move_stage(
    principal: Principal, relationship: Relationship, *, to: str, reason: str, version: int | None = None
) -> Relationship:
    """Move a relationship by hand, forward or back. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    _require(principal, relationship)
    if to not in STAGE_ORDER:
        raise InvalidFields({"stage": _("Choose one of: %(names)s.") % {"names": ", ".join(STAGE_ORDER)}})
    if not reason.strip():
        raise InvalidFields({"reason": _("Say why, so that whoever reads the story understands it.")})
    with transaction.atomic():
        locked = Relationship.objects.select_for_update().select_related("party").get(pk=relationship.pk)
        if version is not None and version != locked.version:
            raise Stale({"stage": (locked.stage, to)}, version=locked.version)
        if locked.ended_at:
            raise DomainError(_("This relationship has ended: open it again first."), code="relationship-ended")
        if locked.stage != to:
            refuse_missing(principal, ENTITY, locked.party.fields, stage=to)
            _move(principal, locked, to=to, reason=reason.strip()[:300], rule="")
    return locked


def made_reachable(principal: Principal, party: Party) -> None:
    """Rule *reachable*: whoever can be called or written to is at least a lead."""
    _advance_all(principal, party, to="lead", rule="reachable")


def showed_interest(principal: Principal, party: Party, *, rule: str) -> None:
    """Rules *interest* (after a first contact) and *offer* (asked for one): at least a prospect."""
    _advance_all(principal, party, to="prospect", rule=rule)


def accepted_order(principal: Principal, relationship: Relationship) -> None:
    """Rule *order*: the first accepted order makes a customer."""
    if STAGE_ORDER[relationship.stage] < STAGE_ORDER["customer"]:
        _move(principal, relationship, to="customer", reason="", rule="order")


def end_relationship(principal: Principal, relationship: Relationship, *, reason: str) -> Relationship:
    """The relationship is over, and why; it can be opened again. Raises `Forbidden`, `InvalidFields`."""
    _require(principal, relationship)
    if not reason.strip():
        raise InvalidFields({"reason": _("Say why, so that whoever reads the story understands it.")})
    with transaction.atomic():
        locked = Relationship.objects.select_for_update().select_related("party").get(pk=relationship.pk)
        if not locked.ended_at:
            locked.ended_at, locked.end_reason = clock.now(), reason.strip()[:200]
            step = _Step(locked.stage, "", reason=locked.end_reason, action="relationship.end")
            changes = {"ended": (False, True), "end_reason": ("", locked.end_reason)}
            _keep(principal, locked, step, changes)
    return locked


def reopen_relationship(principal: Principal, relationship: Relationship) -> Relationship:
    """An ended relationship goes on in the stage it had."""
    _require(principal, relationship)
    with transaction.atomic():
        locked = Relationship.objects.select_for_update().select_related("party").get(pk=relationship.pk)
        if locked.ended_at:
            changes = {"ended": (True, False), "end_reason": (locked.end_reason, "")}
            locked.ended_at, locked.end_reason = None, ""
            _keep(principal, locked, _Step("", locked.stage, action="relationship.reopen"), changes)
    return locked


def put_back_stage(
    principal: Principal, relationship: Relationship, *, to: str, since: datetime | None, customer_since: date | None
) -> Relationship:
    """The stage it had before a move that is taken back, and since when. Raises `Forbidden`."""
    _require(principal, relationship)
    with transaction.atomic():
        locked = Relationship.objects.select_for_update().select_related("party").get(pk=relationship.pk)
        if locked.stage != to:
            before = _moments(locked)
            came_from, locked.stage = locked.stage, to
            locked.stage_since, locked.customer_since = since or clock.now(), customer_since
            _keep(principal, locked, _Step(came_from, to, reason=_("Taken back")), _moved(before, locked))
    return locked


def _require(principal: Principal, relationship: Relationship) -> None:
    principal.require("party", "edit")
    if not RELATIONSHIP_EDITED.allows(principal, relationship):
        raise Forbidden


def _advance_all(principal: Principal, party: Party, *, to: str, rule: str) -> None:
    behind = [code for code, place in STAGE_ORDER.items() if place < STAGE_ORDER[to]]
    found = Relationship.objects.select_for_update().filter(party=party, stage__in=behind, ended_at=None)
    for relationship in found:
        relationship.party = party
        _move(principal, relationship, to=to, reason="", rule=rule)


@dataclass(frozen=True)
class _Step:
    """From which stage to which, empty at the end and the new beginning of a relationship; and why."""

    came_from: str
    to: str
    reason: str = ""
    rule: str = ""
    action: str = "relationship.move-stage"


def _move(principal: Principal, relationship: Relationship, *, to: str, reason: str, rule: str) -> None:
    came_from, before, moment = relationship.stage, _moments(relationship), clock.now()
    relationship.stage, relationship.stage_since = to, moment
    if to == "customer" and relationship.customer_since is None:
        relationship.customer_since = moment.date()
    _keep(principal, relationship, _Step(came_from, to, reason, rule), _moved(before, relationship))


def _moments(relationship: Relationship) -> dict[str, Any]:
    return {name: getattr(relationship, name) for name in ("stage_since", "customer_since")}


def _moved(before: Mapping[str, Any], relationship: Relationship) -> dict[str, tuple[Any, Any]]:
    """What else moved with the stage: kept so that it can be put back."""
    now = _moments(relationship)
    return {name: (was, now[name]) for name, was in before.items() if was != now[name]}


def _keep(
    principal: Principal, relationship: Relationship, step: _Step, changes: Mapping[str, tuple[Any, Any]]
) -> None:
    moment: datetime = clock.now()
    relationship.version += 1
    relationship.save()
    reach.moved(relationship)
    StageChange.objects.create(
        relationship=relationship,
        company_id=relationship.company_id,
        from_stage=step.came_from,
        to_stage=step.to,
        rule=step.rule,
        reason=step.reason,
        actor_id=principal.user_id,
        actor_name=principal.name,
        at=moment,
    )
    tell(
        principal,
        relationship.party,
        at=moment,
        kind="relationship.stage",
        object="party",
        summary=step.reason,
        company_id=relationship.company_id,
        relationship=relationship,
        owner_id=relationship.owner_id,
        unit_id=relationship.unit_id,
        data={"from": step.came_from, "to": step.to, "rule": step.rule},
    )
    told = {"stage": (step.came_from, step.to), "reason": ("", step.reason or step.rule)}
    told = told if step.action == "relationship.move-stage" else {}
    record(principal, step.action, kind="relationship", object_id=relationship.id, changes={**told, **changes})
    announce(
        principal,
        StageMoved(
            party=relationship.party_id,
            relationship=relationship.id,
            from_stage=step.came_from,
            to_stage=step.to,
            rule=step.rule,
        ),
    )
    page_changed(principal, [relationship.party_id], "facts")
    page_changed(principal, [relationship.party_id], "timeline")
