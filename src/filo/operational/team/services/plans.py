"""Verbs about plans: make one, take it away, bring it back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.models import Role
from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.foundation.events.services import announce
from filo.operational.team.events import PlanMade, PlanRemoved
from filo.operational.team.figures import measure_coded
from filo.operational.team.models import MOST, PER, Plan
from filo.operational.team.policies import TEAM_PLANNED


def make_plan(
    principal: Principal,
    *,
    measure: str,
    number: int,
    per: str = "day",
    valid_from: date | None = None,
    person: User | None = None,
    role: Role | None = None,
    version: int | None = None,
) -> Plan:
    """From a day on so much is planned; a plan of that very day is replaced (its `version` says which was read).

    Raises `Forbidden`, `InvalidFields`, `Stale`.
    """
    _require(principal, person)
    _check(measure, number, per, person, role)
    day = valid_from or clock.today()
    whose: dict[str, Any] = {"person": person, "role": role, "measure": measure, "valid_from": day}
    with transaction.atomic():
        plan = plan_standing(**whose, locked=True)
        before = (plan.number, plan.per) if plan else (None, None)
        if plan and version is not None and version != plan.version:
            differing = {"number": (plan.number, number), "per": (plan.per, per)}
            raise Stale({name: pair for name, pair in differing.items() if pair[0] != pair[1]}, version=plan.version)
        if before == (number, per) and plan:
            return plan
        plan = _next_version(plan) if plan else Plan(created_at=clock.now(), **whose)
        plan.number, plan.per = number, per
        try:
            with transaction.atomic():
                plan.save()
        except IntegrityError:  # somebody else was quicker by a moment
            raise InvalidFields({"valid_from": _("There is a plan from this day on already.")}) from None
        known = measure if before[0] is not None else None
        changes = {"measure": (known, measure), "number": (before[0], number), "per": (before[1], per)}
        record(principal, "plan.make", kind="plan", object_id=plan.id, changes=changes)
        announce(principal, PlanMade(plan=plan.id))
    return plan


def plan_standing(
    *, person: User | None, role: Role | None, measure: str, valid_from: date | None = None, locked: bool = False
) -> Plan | None:
    """The plan for the same from that very day on (today without one), if there is one; `locked`: in a transaction."""
    rows = Plan.objects.select_for_update() if locked else Plan.objects.all()
    day = valid_from or clock.today()
    return rows.filter(person=person, role=role, measure=measure, valid_from=day, removed_at=None).first()


def _next_version(plan: Plan) -> Plan:
    plan.version += 1
    return plan


def remove_plan(principal: Principal, plan: Plan) -> Plan:
    """It is not planned any more; what was planned before it counts again. Raises `Forbidden`."""
    return _mark(principal, plan, removed=True)


def restore_plan(principal: Principal, plan: Plan) -> Plan:
    """It is planned after all. Raises `Forbidden`, and `InvalidFields` where there is another in its place by now."""
    return _mark(principal, plan, removed=False)


def may_plan(principal: Principal, plan: Plan) -> bool:
    """Whether this principal may change a plan: a person's as far as he leads, a role's if he leads all."""
    if plan.person is None:
        return principal.scope("team", "edit") is Scope.ALL
    return TEAM_PLANNED.allows(principal, plan.person)


def _mark(principal: Principal, plan: Plan, *, removed: bool) -> Plan:
    _require(principal, plan.person)
    with transaction.atomic():
        locked = Plan.objects.select_for_update(of=("self",)).select_related("person", "role").get(pk=plan.pk)
        if (locked.removed_at is not None) == removed:
            return locked
        locked.removed_at = clock.now() if removed else None
        locked.version += 1
        try:
            with transaction.atomic():
                locked.save(update_fields=["removed_at", "version"])
        except IntegrityError:
            raise InvalidFields({"valid_from": _("There is a plan from this day on already.")}) from None
        action = "plan.remove" if removed else "plan.restore"
        number = (locked.number, None) if removed else (None, locked.number)
        record(principal, action, kind="plan", object_id=locked.id, changes={"number": number})
        announce(principal, PlanRemoved(plan=locked.id) if removed else PlanMade(plan=locked.id))
    return locked


def _require(principal: Principal, person: User | None) -> None:
    scope = principal.require("team", "edit")
    if person is None and scope is not Scope.ALL:
        raise Forbidden(_("A plan for a whole role is made by who leads everybody."))
    if person is not None and not TEAM_PLANNED.allows(principal, person):
        raise Forbidden


def _check(measure: str, number: int, per: str, person: User | None, role: Role | None) -> None:
    problems = {}
    if (person is None) == (role is None):
        problems["whose"] = _("A plan is for one person or for one role.")
    if measure_coded(measure) is None:
        problems["measure"] = _("Choose what is counted.")
    if not 0 <= number <= MOST:
        problems["number"] = _("Write a number between 0 and %(most)s.") % {"most": MOST}
    if per not in dict(PER):
        problems["per"] = _("Choose one of: %(names)s.") % {"names": ", ".join(dict(PER))}
    if problems:
        raise InvalidFields(problems)
