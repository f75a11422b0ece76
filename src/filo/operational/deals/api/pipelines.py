"""Pipelines at the API: listed, made, changed, put in order. One that is not used any more is archived."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.access.principal import Principal
from filo.foundation.errors import Stale
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.foundation.web.paging import capped_count
from filo.operational.deals.api import telling
from filo.operational.deals.api.pipeline_shapes import (
    PipelineBody,
    PipelineChange,
    PipelineList,
    PipelineShape,
    SequenceBody,
)
from filo.operational.deals.api.settings import IN_ORDER, in_order, row_of, rows_coded
from filo.operational.deals.models import Pipeline
from filo.operational.deals.services.order import put_in_order
from filo.operational.deals.services.settings import save_pipeline

router = Router(tags=["pipelines"])


@router.get("/pipelines", response=PipelineList, summary="List pipelines")
def list_pipelines(request: ApiRequest, asked: Query[PageParams]) -> HttpResponse:
    """The ways that deals go, with their stages."""
    require(request, "deal", "view")
    return _listed(asked)


@router.post("/pipelines", response={201: PipelineShape}, summary="Make a pipeline", openapi_extra=VERSIONED)
def add_pipeline(request: ApiRequest, body: PipelineBody) -> HttpResponse:
    """One more way that deals go, with the usual stages, which may be changed."""
    principal = require(request, "settings", "edit")
    made = save_pipeline(principal, None, rows_coded(body.model_dump()))
    headers = {"Location": f"/api/v1/pipelines/{made.pk}"}
    return versioned(request, shown(made.pk), status=201, headers=headers)


@router.get("/pipelines/{uuid:pipeline_id}", response=PipelineShape, summary="Read a pipeline", openapi_extra=VERSIONED)
def get_pipeline(request: ApiRequest, pipeline_id: UUID) -> HttpResponse:
    """One pipeline with its stages."""
    require(request, "deal", "view")
    return versioned(request, shown(pipeline_id))


@router.patch(
    "/pipelines/{uuid:pipeline_id}", response=PipelineShape, summary="Change a pipeline", openapi_extra=VERSIONED
)
def patch_pipeline(request: ApiRequest, pipeline_id: UUID, body: PipelineChange) -> HttpResponse:
    """Its names, whose it is, and whether it is used for new deals."""
    principal = require(request, "settings", "edit")
    found, sent = row_of(rows(), pipeline_id), body.sent()
    _change(principal, found, sent, version=version_to_write(request, found.version))
    return versioned(request, shown(pipeline_id))


def _change(principal: Principal, found: Pipeline, sent: dict[str, Any], *, version: int | None) -> None:
    try:
        save_pipeline(principal, found, rows_coded(sent), version=version)
    except Stale as error:
        raise stale(shown(found.pk), sent, error) from None


@router.post("/pipelines/order", response=PipelineList, summary="Put pipelines in order")
def order_pipelines(request: ApiRequest, body: SequenceBody) -> HttpResponse:
    """As they stand on pages: the first one is what a new deal takes."""
    principal = require(request, "settings", "edit")
    found = list(Pipeline.objects.all())
    put_in_order(principal, found, in_order(found, body.ids), kind="deal-pipeline")
    return _listed(PageParams())


def rows() -> QuerySet[Pipeline]:
    """Pipelines with what is told of them."""
    return Pipeline.objects.select_related("company", "product_line").prefetch_related("stages")


def shown(pipeline_id: UUID) -> dict[str, Any]:
    """One of them as it is kept now. Raises `NotFound`."""
    return telling.pipeline(row_of(rows(), pipeline_id))


def _listed(asked: PageParams) -> HttpResponse:
    page = page_in(rows(), IN_ORDER, asked)
    return list_answer([telling.pipeline(row) for row in page.rows], page.next, capped_count(Pipeline.objects.all()))
