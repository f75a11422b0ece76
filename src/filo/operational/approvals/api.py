"""Approvals at the API: asked, decided, and who stands in meanwhile."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from filo.foundation import clock
from filo.foundation.accounts.models import User
from filo.foundation.accounts.rest import person_shown
from filo.foundation.rest.answers import answer, no_content
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Day, Shape
from filo.foundation.rest.versions import refuse_stale, versioned
from filo.foundation.web.paging import Count, Key, capped_count
from filo.operational.approvals.models import Approval, StandIn
from filo.operational.approvals.queries import seen_approval, stand_ins_of, waiting_for
from filo.operational.approvals.services import decide_approval, end_stand_in, set_stand_in

router = Router(tags=["approvals"])
LATEST = (Key("asked_at", descending=True), Key("id", descending=True))


class ApprovalBody(Body):
    """Yes or no; a no says why."""

    approved: bool
    note: str = Field("", max_length=1_000)


class ApprovalShape(Shape):
    """What is asked, about which thing, and what became of it."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    what: str
    why: str
    weight: str
    state: str
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    note: str
    version: int


class ApprovalList(Shape):
    """A page of approvals."""

    items: list[ApprovalShape]
    next: str | None
    count: int
    count_is_exact: bool


class ApprovalParams(PageParams):
    """Which approvals."""

    which: Literal["to-decide", "asked", "decided", "all"] = Field(
        "to-decide",
        description="What waits for one's decision, the oldest first; or, the latest first: what one asked and nobody "
        "has decided, what was decided, or all that one sees.",
    )
    subject_kind: str = Field("", max_length=20, description="Only about such things, for instance `quote`.")
    subject_id: UUID | None = Field(None, description="Only about this one.")


class StandInBody(Body):
    """Who decides in one's own place, by his id, on which days; both are included."""

    stand_in: UUID
    from_day: Day
    until_day: Day


class StandInShape(Shape):
    """Who decides in one's own place, on which days."""

    id: UUID
    stand_in: dict[str, Any]
    from_day: date
    until_day: date


class StandInList(Shape):
    """Who stands in, from today on."""

    items: list[StandInShape]


@router.get("/approvals", response=ApprovalList, summary="List approvals")
def list_approvals(request: ApiRequest, asked: Query[ApprovalParams]) -> HttpResponse:
    """What one may decide oneself, or in the place of somebody who is away; or what one asked, and what was decided."""
    principal = require(request, "approval", "view")
    if asked.which == "to-decide":
        mine = [one for one in waiting_for(principal) if _is_about(one, asked)]
        return list_answer([_shape(one) for one in mine], None, Count(len(mine), True))
    found = Approval.objects.visible_to(principal).for_list()
    if asked.which == "asked":
        found = found.filter(state="waiting", asked_by=principal.user_id)
    elif asked.which == "decided":
        found = found.exclude(state="waiting")
    if asked.subject_kind:
        found = found.filter(subject_kind=asked.subject_kind)
    if asked.subject_id:
        found = found.filter(subject_id=asked.subject_id)
    page = page_in(found, LATEST, asked)
    return list_answer([_shape(one) for one in page.rows], page.next, capped_count(found))


def _is_about(approval: Approval, asked: ApprovalParams) -> bool:
    kind, subject = asked.subject_kind or approval.subject_kind, asked.subject_id or approval.subject_id
    return (approval.subject_kind, approval.subject_id) == (kind, subject)


@router.get(
    "/approvals/{uuid:approval_id}", response=ApprovalShape, summary="Read an approval", openapi_extra=VERSIONED
)
def get_approval(request: ApiRequest, approval_id: UUID) -> HttpResponse:
    """One approval."""
    return versioned(request, _shape(seen_approval(require(request, "approval", "view"), approval_id)))


@router.post(
    "/approvals/{uuid:approval_id}/decide",
    response=ApprovalShape,
    summary="Decide an approval",
    openapi_extra=VERSIONED,
)
def decide_an_approval(request: ApiRequest, approval_id: UUID, body: ApprovalBody) -> HttpResponse:
    """Yes or no; deciding the same twice changes nothing."""
    principal = require(request, "approval", "decide")
    approval = seen_approval(principal, approval_id)
    refuse_stale(request, approval.version)
    return versioned(request, _shape(decide_approval(principal, approval, approved=body.approved, note=body.note)))


@router.get("/approvals/stand-ins", response=StandInList, summary="List who stands in for me")
def list_stand_ins(request: ApiRequest) -> HttpResponse:
    """From today on."""
    principal = require(request, "approval", "view")
    return answer({"items": [_stand_in(one) for one in stand_ins_of(principal, clock.today())]})


@router.post("/approvals/stand-ins", response={201: StandInShape}, summary="Say who stands in for me")
def add_stand_in(request: ApiRequest, body: StandInBody) -> HttpResponse:
    """A colleague decides in one's own place, on these days; saying it twice changes nothing."""
    principal = require(request, "approval", "decide")
    person = User.objects.filter(pk=body.stand_in).first()
    made = set_stand_in(principal, stand_in=person, from_day=body.from_day, until_day=body.until_day)
    return answer(_stand_in(made), status=201)


@router.delete("/approvals/stand-ins/{uuid:absence_id}", response={204: None}, summary="Nobody stands in any more")
def delete_stand_in(request: ApiRequest, absence_id: UUID) -> HttpResponse:
    """One is back; ending what has ended changes nothing."""
    end_stand_in(require(request, "approval", "decide"), absence_id)
    return no_content()


def _stand_in(found: StandIn) -> dict[str, Any]:
    days = {"from_day": found.from_day, "until_day": found.until_day}
    return {"id": found.pk, "stand_in": person_shown(found.stand_in)} | days


def _shape(approval: Approval) -> dict[str, Any]:
    plain = ("id", "subject_kind", "subject_id", "what", "why", "state", "asked_at", "decided_at", "note", "version")
    return {name: getattr(approval, name) for name in plain} | {
        "weight": f"{approval.weight.normalize():f}",
        "asked_by": approval.asked_by_name,
        "decided_by": approval.decided_by_name,
    }
