"""Plans at the API: what people, or everybody of a role, are to do in a day or a week."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from filo.foundation.access.models import Role
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.accounts.rest import people_named, person_shown
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.filters.conditions import CHOICE, DAY, among, by_day, by_id
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.rest.answers import no_content
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Day, Shape, Whole
from filo.foundation.rest.versions import refuse_stale, stale, version_to_write, versioned
from filo.foundation.web.paging import Key
from filo.operational.team.api.day import TeamPerson
from filo.operational.team.models import PER, Plan
from filo.operational.team.queries import seen_plan, seen_plans
from filo.operational.team.services import make_plan, may_plan, remove_plan, restore_plan

router = Router(tags=["team"])
PLANS, PLAN = "/team/plans", "/team/plans/{uuid:plan_id}"
Per = Literal["day", "week"]
SORTS = {
    "-valid_from": (Key("valid_from", descending=True), Key("id", descending=True)),
    "valid_from": (Key("valid_from"), Key("id")),
    "measure": (Key("measure"), Key("valid_from", descending=True), Key("id")),
}


FILTERS = FilterSet.of(
    FilterField("person", "person", CHOICE, by_id("person")),
    FilterField("role", "role", CHOICE, among("role__code")),
    FilterField("measure", "measure", CHOICE, among("measure")),
    FilterField("per", "per", CHOICE, among("per", [code for code, _label in PER])),
    FilterField("valid_from", "valid_from", DAY, by_day("valid_from")),
)


class PlanBody(Body):
    """From a day on so much is planned, for one person or for everybody of a role."""

    person: str | None = Field(None, max_length=200, description="A colleague, by e-mail or id.")
    role: str | None = Field(None, max_length=60, description="The code of a role, such as `agent`.")
    measure: str = Field(max_length=40, description="What is counted, by its code in `/team/today`.")
    number: Whole = Field(description="0 to 100,000; 0: nothing is planned any more from that day on.")
    per: Per = "day"
    valid_from: Day | None = Field(None, description="Today without.")


class PlanChange(Body):
    """What changes; from another day on it is another plan."""

    number: Whole = Field(0, description="0 to 100,000; 0: nothing is planned any more from that day on.")
    per: Per = "day"


class TeamPlanShape(Shape):
    """How much of a measure one person, or everybody of a role, is to do from a day on, until the next plan for the
    same. `may_change`: whether whoever asks may.
    """

    id: UUID
    person: TeamPerson | None
    role: str | None
    measure: str
    number: int
    per: Per
    valid_from: date
    may_change: bool
    version: int


class PlanList(Shape):
    """A page of plans."""

    items: list[TeamPlanShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get(PLANS, response=PlanList, summary="List plans")
def list_plans(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """Those of the people one leads and of roles, the latest first. Orders: valid_from, measure. Filters: person, role
    (its code), measure, per, valid_from. `q`: a measure, or the code of a role.
    """
    principal = require(request, "team", "edit")
    found = seen_plans(principal).filter(removed_at=None)
    if asked.q:
        found = found.filter(Q(measure=asked.q.strip()) | Q(role__code=asked.q.strip()))
    page, count = listed(principal, found, asked, sorts=SORTS, filters=FILTERS)
    return list_answer([_shown(principal, row) for row in page.rows], page.next, count)


@router.post(PLANS, response={201: TeamPlanShape}, summary="Make a plan", openapi_extra=VERSIONED)
def add_plan(request: ApiRequest, body: PlanBody) -> HttpResponse:
    """A plan of that very day for the same is replaced."""
    principal = require(request, "team", "edit")
    facts = body.model_dump(exclude={"person", "role"})
    try:
        made = make_plan(principal, person=_person(body.person), role=_role(body.role), **facts)
    except InvalidFields as error:  # for whom it is are two fields here
        raise InvalidFields({"person" if n == "whose" else n: told for n, told in error.fields.items()}) from None
    headers = {"Location": f"/api/v1/team/plans/{made.pk}"}
    return versioned(request, _shown(principal, made), status=201, headers=headers)


@router.get(PLAN, response=TeamPlanShape, summary="Read a plan", openapi_extra=VERSIONED)
def get_plan(request: ApiRequest, plan_id: UUID) -> HttpResponse:
    """One plan."""
    principal = require(request, "team", "edit")
    return versioned(request, _shown(principal, _standing(principal, plan_id)))


@router.patch(PLAN, response=TeamPlanShape, summary="Change a plan", openapi_extra=VERSIONED)
def patch_plan(request: ApiRequest, plan_id: UUID, body: PlanChange) -> HttpResponse:
    """How much, in a day or in a week."""
    principal = require(request, "team", "edit")
    plan, sent = _standing(principal, plan_id), body.sent()
    told = {name: getattr(plan, name) for name in ("measure", "number", "per", "valid_from", "person", "role")}
    version = version_to_write(request, plan.version)
    try:
        changed = make_plan(principal, **{**told, **sent}, version=version)
    except Stale as error:
        raise stale(_shown(principal, _standing(principal, plan_id)), sent, error) from None
    return versioned(request, _shown(principal, changed))


@router.delete(PLAN, response={204: None}, summary="Take a plan away", openapi_extra=VERSIONED)
def delete_plan(request: ApiRequest, plan_id: UUID) -> HttpResponse:
    """What was planned before it counts again; it can be brought back."""
    principal = require(request, "team", "edit")
    plan = _standing(principal, plan_id)
    refuse_stale(request, plan.version)
    remove_plan(principal, plan)
    return no_content()


@router.post(PLAN + "/restore", response=TeamPlanShape, summary="Bring a plan back", openapi_extra=VERSIONED)
def restore_a_plan(request: ApiRequest, plan_id: UUID) -> HttpResponse:
    """One that was taken away counts again, unless another stands in its place by now."""
    principal = require(request, "team", "edit")
    return versioned(request, _shown(principal, restore_plan(principal, seen_plan(principal, plan_id))))


def _standing(principal: Principal, plan_id: UUID) -> Plan:
    plan = seen_plan(principal, plan_id)
    if plan.removed_at is not None:
        raise NotFound
    return plan


def _person(name: str | None) -> User | None:
    found = people_named([name]).get(name) if name else None
    if name and found is None:
        raise InvalidFields({"person": _("Choose somebody who works here.")})
    return found


def _role(code: str | None) -> Role | None:
    found = Role.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise InvalidFields({"role": _("There is nothing of this code.")})
    return found


def _shown(principal: Principal, plan: Plan) -> dict[str, Any]:
    return {
        **{name: getattr(plan, name) for name in ("id", "measure", "number", "per", "valid_from", "version")},
        "person": person_shown(plan.person),
        "role": plan.role.code if plan.role else None,
        "may_change": may_plan(principal, plan),
    }
