"""Verbs about approvals: ask, decide, withdraw; say who stands in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.foundation.push.services import publish
from filo.operational.approvals.events import ApprovalAsked, ApprovalDecided, ApprovalWithdrawn
from filo.operational.approvals.models import Approval, StandIn
from filo.operational.approvals.queries import may_decide
from filo.operational.approvals.registry import kind_named

NOTE = 1_000


def ask_approval(
    principal: Principal,
    *,
    kind: str,
    subject_id: UUID,
    what: str,
    why: str,
    weight: Decimal = Decimal(0),
    party_id: UUID | None = None,
    company_id: UUID | None = None,
    unit_id: UUID | None = None,
    person_id: UUID | None = None,
) -> Approval:
    """Ask whoever may decide; asking again while it waits changes nothing. The caller has asked for the right."""
    if kind_named(kind) is None:
        raise ValueError(f"nobody declared what an approval of {kind} means")
    with transaction.atomic():
        made = Approval(
            subject_kind=kind,
            subject_id=subject_id,
            what=clean_line(what, max_length=200),
            why=clean_line(why, max_length=NOTE),
            weight=weight,
            party_id=party_id,
            company_id=company_id,
            unit_id=unit_id,
            person_id=person_id,
            asked_by_id=principal.user_id,
            asked_by_name=principal.name,
            asked_at=clock.now(),
        )
        Approval.objects.bulk_create([made], ignore_conflicts=True)
        found = Approval.objects.get(subject_kind=kind, subject_id=subject_id, state="waiting")
        if found.pk == made.pk:
            record(principal, "approval.ask", kind="approval", object_id=found.pk, changes={"why": (None, found.why)})
            announce(principal, ApprovalAsked(approval=found.pk, subject_kind=kind, subject_id=subject_id))
            publish("approvals:all", "changed", by=principal.page)
    return found


def decide_approval(principal: Principal, approval: Approval, *, approved: bool, note: str = "") -> Approval:
    """Approve or refuse. Deciding the same twice changes nothing; a refusal says why.

    Raises `Forbidden`, `InvalidFields` (refused without a reason), `DomainError` (decided otherwise already).
    """
    said = clean_line(note, max_length=NOTE)
    if not may_decide(principal, approval):
        raise Forbidden(_("This is not yours to decide."))
    if not approved and not said:
        raise InvalidFields({"note": _("Say why not: whoever asked can then do better.")})
    wanted = "approved" if approved else "refused"
    with transaction.atomic():
        locked = Approval.objects.select_for_update().get(pk=approval.pk)
        if locked.state == wanted:
            return locked
        if not locked.is_waiting:
            raise DomainError(already(locked), code="approval-decided")
        locked.state, locked.note, locked.decided_at = wanted, said, clock.now()
        locked.decided_by_id, locked.decided_by_name = principal.user_id, principal.name
        locked.version += 1
        locked.save()
        changes = {"state": ("waiting", wanted), "note": ("", said)}
        record(principal, "approval.decide", kind="approval", object_id=locked.pk, changes=changes)
        kind = kind_named(locked.subject_kind)
        if kind is not None:
            kind.decided(principal, locked)
        about = {"subject_kind": locked.subject_kind, "subject_id": locked.subject_id}
        announce(principal, ApprovalDecided(approval=locked.pk, approved=approved, **about))  # type: ignore[arg-type]
        publish("approvals:all", "changed", by=principal.page)
    return locked


def already(approval: Approval) -> str:
    """What has become of it, for whoever comes too late."""
    words = {"name": approval.decided_by_name}
    if approval.state == "approved":
        return _("%(name)s has approved it already.") % words
    if approval.state == "refused":
        return _("%(name)s has refused it already.") % words
    return _("It is not asked any more.")


def withdraw_approvals(principal: Principal, *, kind: str, subject_id: UUID) -> None:
    """What waits about a thing is not asked any more. The caller has asked for the right."""
    with transaction.atomic():
        rows = Approval.objects.select_for_update().filter(subject_kind=kind, subject_id=subject_id, state="waiting")
        for locked in rows:
            locked.state = "withdrawn"
            locked.version += 1
            locked.save()
            changes = {"state": ("waiting", "withdrawn")}
            record(principal, "approval.withdraw", kind="approval", object_id=locked.pk, changes=changes)
            announce(principal, ApprovalWithdrawn(approval=locked.pk, subject_kind=kind, subject_id=subject_id))
            publish("approvals:all", "changed", by=principal.page)


def set_stand_in(principal: Principal, *, stand_in: User | None, from_day: date, until_day: date) -> StandIn:
    """Say who decides in one's own place, on which days. Raises `InvalidFields`, `Forbidden`."""
    if principal.user_id is None or principal.viewed_by:
        raise Forbidden
    problems = {}
    if stand_in is None or not stand_in.is_active or stand_in.pk == principal.user_id:
        problems["stand_in"] = _("Choose a colleague.")
    if until_day < from_day:
        problems["until_day"] = _("The last day comes after the first.")
    if problems or stand_in is None:
        raise InvalidFields(problems)
    with transaction.atomic():
        found, made = StandIn.objects.get_or_create(
            person_id=principal.user_id, stand_in=stand_in, from_day=from_day, until_day=until_day
        )
        if made:
            told = {"stand_in_id": stand_in.pk, "from_day": from_day, "until_day": until_day}
            changes = {name: (None, value) for name, value in told.items()}
            record(principal, "approval.stand-in", kind="approval", object_id=found.pk, changes=changes)
    return found


def end_stand_in(principal: Principal, stand_in_id: UUID) -> None:
    """Nobody stands in any more; ending what has ended changes nothing."""
    with transaction.atomic():
        found = StandIn.objects.filter(pk=stand_in_id, person=principal.user_id).select_for_update().first()
        if found is None:
            return
        changes = {"stand_in_id": (found.stand_in_id, None)}
        record(principal, "approval.stand-in", kind="approval", object_id=found.pk, changes=changes)
        found.delete()
