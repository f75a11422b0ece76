"""Approvals at the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router
from pydantic import Field

from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape
from filo.operational.approvals.models import Approval
from filo.operational.approvals.queries import seen_approval, waiting_for
from filo.operational.approvals.services import decide_approval

router = Router(tags=["approvals"])


class DecisionBody(Body):
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


class ApprovalList(Shape):
    """What waits for one's decision, the oldest first."""

    items: list[ApprovalShape]


@router.get("/approvals", response=ApprovalList, summary="List what waits for my decision")
def list_approvals(request: ApiRequest) -> dict[str, Any]:
    """What one may decide oneself, or in the place of somebody who is away."""
    principal = require(request, "approval", "view")
    return {"items": [_shape(one) for one in waiting_for(principal)]}


@router.get("/approvals/{uuid:approval_id}", response=ApprovalShape, summary="Read an approval")
def get_approval(request: ApiRequest, approval_id: UUID) -> dict[str, Any]:
    """One approval."""
    return _shape(seen_approval(require(request, "approval", "view"), approval_id))


@router.post("/approvals/{uuid:approval_id}/decide", response=ApprovalShape, summary="Decide an approval")
def decide_an_approval(request: ApiRequest, approval_id: UUID, body: DecisionBody) -> dict[str, Any]:
    """Yes or no; deciding the same twice changes nothing."""
    principal = require(request, "approval", "decide")
    approval = seen_approval(principal, approval_id)
    return _shape(decide_approval(principal, approval, approved=body.approved, note=body.note))


def _shape(approval: Approval) -> dict[str, Any]:
    plain = ("id", "subject_kind", "subject_id", "what", "why", "state", "asked_at", "decided_at", "note")
    return {name: getattr(approval, name) for name in plain} | {
        "weight": f"{approval.weight.normalize():f}",
        "asked_by": approval.asked_by_name,
        "decided_by": approval.decided_by_name,
    }
