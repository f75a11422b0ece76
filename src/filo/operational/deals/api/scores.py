"""Rules of scoring at the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.errors import Stale
from filo.foundation.rest.answers import no_content
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, stale, version_to_write, versioned
from filo.foundation.web.paging import capped_count
from filo.operational.deals.api.pipeline_shapes import SequenceBody
from filo.operational.deals.api.rule_shapes import ScoreRuleBody, ScoreRuleChange, ScoreRuleList, ScoreRuleShape
from filo.operational.deals.api.settings import IN_ORDER, code_of, in_order, row_of, rows_coded
from filo.operational.deals.models import ScoreRule
from filo.operational.deals.services.order import put_in_order
from filo.operational.deals.services.removal import remove_rule
from filo.operational.deals.services.settings import save_score_rule

router = Router(tags=["deal-rules"])
RULES, RULE = "/score-rules", "/score-rules/{uuid:rule_id}"
PLAIN = (
    *("id", "name", "name_it", "name_en", "way", "field", "operator", "value", "points"),
    *("within_days", "half_life", "most", "active", "version"),
)


@router.get(RULES, response=ScoreRuleList, summary="List rules of scoring")
def list_score_rules(request: ApiRequest, asked: Query[PageParams]) -> HttpResponse:
    """What gives points to deals, also rules that are not in use."""
    require(request, "settings", "view")
    return _listed(asked)


@router.post(RULES, response={201: ScoreRuleShape}, summary="Add a rule of scoring", openapi_extra=VERSIONED)
def add_score_rule(request: ApiRequest, body: ScoreRuleBody) -> HttpResponse:
    """Points are reckoned anew at each change of a deal, and of all of them every night."""
    made = save_score_rule(require(request, "settings", "edit"), None, rows_coded(body.model_dump()))
    headers = {"Location": f"/api/v1/score-rules/{made.pk}"}
    return versioned(request, _one(made.pk), status=201, headers=headers)


@router.get(RULE, response=ScoreRuleShape, summary="Read a rule of scoring", openapi_extra=VERSIONED)
def get_score_rule(request: ApiRequest, rule_id: UUID) -> HttpResponse:
    """One rule."""
    require(request, "settings", "view")
    return versioned(request, _one(rule_id))


@router.patch(RULE, response=ScoreRuleShape, summary="Change a rule of scoring", openapi_extra=VERSIONED)
def patch_score_rule(request: ApiRequest, rule_id: UUID, body: ScoreRuleChange) -> HttpResponse:
    """What it looks at, what it gives, and whether it is in use."""
    principal = require(request, "settings", "edit")
    found, sent = row_of(ScoreRule.objects.all(), rule_id), body.sent()
    version = version_to_write(request, found.version)
    try:
        save_score_rule(principal, found, rows_coded(sent), version=version)
    except Stale as error:
        raise stale(_one(rule_id), sent, error) from None
    return versioned(request, _one(rule_id))


@router.delete(RULE, response={204: None}, summary="Take a rule of scoring away", openapi_extra=VERSIONED)
def delete_score_rule(request: ApiRequest, rule_id: UUID) -> HttpResponse:
    """It gives no points any more."""
    principal = require(request, "settings", "edit")
    found = row_of(ScoreRule.objects.all(), rule_id)
    refuse_stale(request, found.version)
    remove_rule(principal, found)
    return no_content()


@router.post(RULES + "/order", response=ScoreRuleList, summary="Put rules of scoring in order")
def order_score_rules(request: ApiRequest, body: SequenceBody) -> HttpResponse:
    """As they stand on pages: all that hold are added up."""
    principal = require(request, "settings", "edit")
    found = list(ScoreRule.objects.all())
    put_in_order(principal, found, in_order(found, body.ids), kind="score-rule")
    return _listed(PageParams())


def _listed(asked: PageParams) -> HttpResponse:
    found = ScoreRule.objects.select_related("pipeline")
    page = page_in(found, IN_ORDER, asked)
    return list_answer([_shown(row) for row in page.rows], page.next, capped_count(found))


def _one(rule_id: UUID) -> dict[str, Any]:
    return _shown(row_of(ScoreRule.objects.select_related("pipeline"), rule_id))


def _shown(row: ScoreRule) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PLAIN} | {"pipeline": code_of(row.pipeline)}
