"""How acts on plans are taken back: how much was planned before, where nobody has planned otherwise since."""

from __future__ import annotations

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoable import PutBack, Values, still_there, undo_with
from filo.foundation.errors import DomainError, InvalidFields
from filo.operational.team.models import Plan
from filo.operational.team.queries import seen_plan
from filo.operational.team.services.plans import make_plan, remove_plan, restore_plan

AMOUNT = ("number", "per")


def register_undo() -> None:
    """Called once, when the program starts."""
    undo_with("plan", "plan.make", _as_before)
    undo_with("plan", "plan.remove", _planned_again)
    undo_with("plan", "plan.restore", _gone_again)


def _as_before(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    plan = seen_plan(principal, entry.object_id)
    now = {} if plan.removed_at else {name: getattr(plan, name) for name in AMOUNT}
    free, since = still_there({name: pair for name, pair in values.items() if name in AMOUNT}, now)
    if since:  # how many and per what is one fact
        return PutBack((), [*free, *since])
    if entry.changes["number"][0] is None:  # there was none before
        if free:
            remove_plan(principal, plan)
        return PutBack(values if free else ())
    if free:
        _plan(principal, plan, {name: getattr(plan, name) for name in AMOUNT} | free)
    return PutBack(free)


def _plan(principal: Principal, plan: Plan, amount: dict[str, int | str]) -> None:
    make_plan(
        principal,
        measure=plan.measure,
        number=int(amount["number"]),
        per=str(amount["per"]),
        valid_from=plan.valid_from,
        person=plan.person,
        role=plan.role,
        version=plan.version,
    )


def _planned_again(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    plan = seen_plan(principal, entry.object_id)
    if plan.removed_at is None:
        return PutBack()
    if AuditEntry.objects.filter(object_id=plan.pk, action="plan.remove", at__gt=entry.at).exists():
        return PutBack((), list(values))
    try:
        restore_plan(principal, plan)
    except InvalidFields as refusal:
        raise DomainError(refusal.fields["valid_from"][0]) from None
    return PutBack(values)


def _gone_again(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    plan = seen_plan(principal, entry.object_id)
    if plan.removed_at is not None:
        return PutBack()
    remove_plan(principal, plan)
    return PutBack(values)
