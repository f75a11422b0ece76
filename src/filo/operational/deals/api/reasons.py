"""Reasons of losses at the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from filo.foundation.errors import Stale
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape, YesNo
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.foundation.web.paging import capped_count
from filo.operational.deals.api.pipeline_shapes import ENGLISH, ITALIAN, SequenceBody
from filo.operational.deals.api.settings import IN_ORDER, in_order, row_of
from filo.operational.deals.models import LossReason
from filo.operational.deals.services.order import put_in_order
from filo.operational.deals.services.settings import save_reason

router = Router(tags=["pipelines"])


class LossReasonBody(Body):
    """Why deals are lost, in the firm's own words."""

    name_it: str = Field(max_length=80, description=ITALIAN)
    name_en: str = Field("", max_length=80, description=ENGLISH)
    active: YesNo = Field(True, description="In use.")


class LossReasonChange(Body):
    """What changes."""

    name_it: str = Field("", max_length=80, description=ITALIAN)
    name_en: str = Field("", max_length=80, description=ENGLISH)
    active: YesNo = Field(True, description="In use; one that is not stays where it was said.")


class LossReasonShape(Shape):
    """Why deals are lost."""

    id: UUID
    name: str
    name_it: str
    name_en: str
    active: bool
    version: int


class LossReasonList(Shape):
    """A page of reasons in their order."""

    items: list[LossReasonShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/loss-reasons", response=LossReasonList, summary="List reasons of losses")
def list_loss_reasons(request: ApiRequest, asked: Query[PageParams]) -> HttpResponse:
    """Why deals are lost, also those that are not in use any more."""
    require(request, "deal", "view")
    return _listed(asked)


@router.post(
    "/loss-reasons", response={201: LossReasonShape}, summary="Add a reason of losses", openapi_extra=VERSIONED
)
def add_loss_reason(request: ApiRequest, body: LossReasonBody) -> HttpResponse:
    """One more."""
    made = save_reason(require(request, "settings", "edit"), None, body.model_dump())
    headers = {"Location": f"/api/v1/loss-reasons/{made.pk}"}
    return versioned(request, _shown(made), status=201, headers=headers)


@router.get(
    "/loss-reasons/{uuid:reason_id}",
    response=LossReasonShape,
    summary="Read a reason of losses",
    openapi_extra=VERSIONED,
)
def get_loss_reason(request: ApiRequest, reason_id: UUID) -> HttpResponse:
    """One reason."""
    require(request, "deal", "view")
    return versioned(request, _shown(row_of(LossReason.objects.all(), reason_id)))


@router.patch(
    "/loss-reasons/{uuid:reason_id}",
    response=LossReasonShape,
    summary="Change a reason of losses",
    openapi_extra=VERSIONED,
)
def patch_loss_reason(request: ApiRequest, reason_id: UUID, body: LossReasonChange) -> HttpResponse:
    """Its words, and whether it is in use."""
    principal = require(request, "settings", "edit")
    found, sent = row_of(LossReason.objects.all(), reason_id), body.sent()
    version = version_to_write(request, found.version)
    try:
        changed = save_reason(principal, found, sent, version=version)
    except Stale as error:
        raise stale(_shown(row_of(LossReason.objects.all(), reason_id)), sent, error) from None
    return versioned(request, _shown(changed))


@router.post("/loss-reasons/order", response=LossReasonList, summary="Put reasons of losses in order")
def order_loss_reasons(request: ApiRequest, body: SequenceBody) -> HttpResponse:
    """As they are offered where a deal is lost."""
    principal = require(request, "settings", "edit")
    found = list(LossReason.objects.all())
    put_in_order(principal, found, in_order(found, body.ids), kind="loss-reason")
    return _listed(PageParams())


def _listed(asked: PageParams) -> HttpResponse:
    found = LossReason.objects.all()
    page = page_in(found, IN_ORDER, asked)
    return list_answer([_shown(row) for row in page.rows], page.next, capped_count(found))


def _shown(row: LossReason) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("id", "name", "name_it", "name_en", "active", "version")}
