"""The board: stages side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filo.foundation.errors import NotFound
from filo.foundation.filters.asking import tree_of
from filo.foundation.lists.frame import removable_chips
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.operational.deals.filters import DEAL_FILTERS
from filo.operational.deals.models import Pipeline, PipelineStage
from filo.operational.deals.queries.board import board_of, some_columns
from filo.operational.deals.queries.finding import open_pipelines
from filo.operational.deals.queries.listing import deals_found

MOST_CARDS = 500


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """A pipeline as a board, narrowed as the address says."""
    principal = request.principal
    principal.require("deal", "view")
    pipelines = open_pipelines(principal)
    pipeline = _asked(pipelines, request.GET.get("board", ""))
    tree = tree_of(request.GET, DEAL_FILTERS, principal)
    text = request.GET.get("q", "")[:120]
    columns = board_of(principal, pipeline, deals_found(principal, tree, text)) if pipeline else []
    context = {
        "pipelines": pipelines,
        "pipeline": pipeline,
        "columns": columns,
        "text": text,
        "chips": removable_chips(request, tree, DEAL_FILTERS),
        "may_edit": principal.may("deal", "edit"),
        "mine": request.GET.get("owner") == "me",
        "whole": _whole(columns),
    }
    template = "deals/_board.html" if wants_fragment(request) else "deals/board.html"
    return render(request, template, context)


def _asked(pipelines: list[Pipeline], code: str) -> Pipeline | None:
    return next((one for one in pipelines if one.code == code), pipelines[0] if pipelines else None)


def _whole(columns: list[Any]) -> dict[str, Any]:
    open_ones = [column.sum for column in columns if column.stage.is_open]
    return {
        "number": sum(one.number for one in open_ones),
        "amount": sum(one.amount for one in open_ones),
        "weighted": sum(one.weighted for one in open_ones),
    }


@require_GET
def column(request: StaffRequest, stage_id: UUID) -> HttpResponse:
    """All cards of a stage, where the board shows the first ones."""
    principal = request.principal
    principal.require("deal", "view")
    stage = PipelineStage.objects.select_related("pipeline").filter(pk=stage_id).first()
    if stage is None:
        raise NotFound
    found = deals_found(principal, tree_of(request.GET, DEAL_FILTERS, principal), request.GET.get("q", "")[:120])
    columns = some_columns(principal, found, [stage], cards=MOST_CARDS)
    return render(request, "deals/_column.html", {"column": columns[0], "may_edit": principal.may("deal", "edit")})
