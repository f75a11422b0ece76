"""Stages of pipelines at the API: listed, made, changed, put in order, taken away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from filo.foundation.errors import Stale
from filo.foundation.rest.answers import answer, no_content
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, stale, version_to_write, versioned
from filo.operational.deals.api import telling
from filo.operational.deals.api.pipeline_shapes import (
    PipelineStageBody,
    PipelineStageChange,
    SequenceBody,
    StageList,
    StageShape,
)
from filo.operational.deals.api.settings import in_order, refused_as, row_of
from filo.operational.deals.models import Pipeline, PipelineStage
from filo.operational.deals.queries.finding import stages_of
from filo.operational.deals.services.order import put_in_order
from filo.operational.deals.services.removal import remove_stage
from filo.operational.deals.services.settings import save_stage

router = Router(tags=["pipelines"])
STAGES = "/pipelines/{uuid:pipeline_id}/stages"
STAGE = STAGES + "/{uuid:stage_id}"


@router.get(STAGES, response=StageList, summary="List the stages of a pipeline")
def list_stages(request: ApiRequest, pipeline_id: UUID) -> HttpResponse:
    """The open ones in their order, then won, then lost."""
    require(request, "deal", "view")
    return _listed(pipeline_id)


@router.post(STAGES, response={201: StageShape}, summary="Make a stage", openapi_extra=VERSIONED)
def add_stage(request: ApiRequest, pipeline_id: UUID, body: PipelineStageBody) -> HttpResponse:
    """One more open stage."""
    principal = require(request, "settings", "edit")
    pipeline = row_of(Pipeline.objects.all(), pipeline_id)
    with refused_as(next_codes="next"):
        made = save_stage(principal, pipeline, None, _facts(body.model_dump()))
    headers = {"Location": f"/api/v1/pipelines/{pipeline_id}/stages/{made.pk}"}
    return versioned(request, telling.stage_shown(made), status=201, headers=headers)


@router.get(STAGE, response=StageShape, summary="Read a stage", openapi_extra=VERSIONED)
def get_stage(request: ApiRequest, pipeline_id: UUID, stage_id: UUID) -> HttpResponse:
    """One stage."""
    require(request, "deal", "view")
    return versioned(request, telling.stage_shown(_found(pipeline_id, stage_id)))


@router.patch(STAGE, response=StageShape, summary="Change a stage", openapi_extra=VERSIONED)
def patch_stage(request: ApiRequest, pipeline_id: UUID, stage_id: UUID, body: PipelineStageChange) -> HttpResponse:
    """Open deals in it follow its probability and its days."""
    principal = require(request, "settings", "edit")
    found, sent = _found(pipeline_id, stage_id), body.sent()
    version = version_to_write(request, found.version)
    try:
        with refused_as(next_codes="next"):
            changed = save_stage(principal, found.pipeline, found, _facts(sent), version=version)
    except Stale as error:
        raise stale(telling.stage_shown(_found(pipeline_id, stage_id)), sent, error) from None
    return versioned(request, telling.stage_shown(changed))


@router.delete(STAGE, response={204: None}, summary="Take a stage away", openapi_extra=VERSIONED)
def delete_stage(request: ApiRequest, pipeline_id: UUID, stage_id: UUID) -> HttpResponse:
    """An open one in which no deal is; whatever is in it is moved first."""
    principal = require(request, "settings", "edit")
    found = _found(pipeline_id, stage_id)
    refuse_stale(request, found.version)
    remove_stage(principal, found)
    return no_content()


@router.post(STAGES + "/order", response=StageList, summary="Put stages in order")
def order_stages(request: ApiRequest, pipeline_id: UUID, body: SequenceBody) -> HttpResponse:
    """The open ones: won and lost always come last."""
    principal = require(request, "settings", "edit")
    pipeline = row_of(Pipeline.objects.all(), pipeline_id)
    found = [stage for stage in stages_of(pipeline) if stage.is_open]
    put_in_order(principal, found, in_order(found, body.ids), kind="deal-stage")
    return _listed(pipeline_id)


def _found(pipeline_id: UUID, stage_id: UUID) -> PipelineStage:
    return row_of(PipelineStage.objects.select_related("pipeline").filter(pipeline=pipeline_id), stage_id)


def _facts(sent: dict[str, Any]) -> dict[str, Any]:
    """By the names that the verb takes."""
    return {"next_codes" if name == "next" else name: value for name, value in sent.items()}


def _listed(pipeline_id: UUID) -> HttpResponse:
    found = stages_of(row_of(Pipeline.objects.all(), pipeline_id))
    return answer({"items": [telling.stage_shown(one) for one in found]})
