"""Rules of assignment at the API: who gets deals and new customers, who would, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import people_named, person_shown
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.organisation.models import Unit
from filo.foundation.rest.answers import answer, no_content
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, stale, version_to_write, versioned
from filo.foundation.web.paging import Key, capped_count
from filo.operational.deals.api.pipeline_shapes import SequenceBody
from filo.operational.deals.api.rule_shapes import (
    AssignmentRuleBody,
    AssignmentRuleChange,
    AssignmentRuleList,
    AssignmentRuleShape,
    DecisionList,
    SoughtBody,
    WouldGetShape,
)
from filo.operational.deals.api.settings import IN_ORDER, ROWS, code_of, in_order, row_of, rows_coded
from filo.operational.deals.models import AssignmentRule, Deal, DealAssignment
from filo.operational.deals.queries.assigning import Sought, would_get
from filo.operational.deals.services.order import put_in_order
from filo.operational.deals.services.removal import remove_rule
from filo.operational.deals.services.settings import save_assignment_rule

router = Router(tags=["deal-rules"])
RULES, RULE = "/assignment-rules", "/assignment-rules/{uuid:rule_id}"
CODED: Mapping[str, type[Model]] = {**ROWS, "unit": Unit}
PLAIN = ("id", "name", "gives", "provinces", "language", "min_score", "way", "active", "version")
LATEST = (Key("at", descending=True), Key("id", descending=True))


@router.get(RULES, response=AssignmentRuleList, summary="List rules of assignment")
def list_assignment_rules(request: ApiRequest, asked: Query[PageParams]) -> HttpResponse:
    """Who gets deals that nobody was named for and new customers whom nobody follows: the first that fits decides."""
    require(request, "settings", "view")
    return _listed(asked)


@router.post(RULES, response={201: AssignmentRuleShape}, summary="Add a rule of assignment", openapi_extra=VERSIONED)
def add_assignment_rule(request: ApiRequest, body: AssignmentRuleBody) -> HttpResponse:
    """It comes behind the others."""
    principal = require(request, "settings", "edit")
    sent = body.model_dump()
    made = save_assignment_rule(principal, None, _facts(sent), people=_people(sent))
    headers = {"Location": f"/api/v1/assignment-rules/{made.pk}"}
    return versioned(request, _one(made.pk), status=201, headers=headers)


@router.get(RULE, response=AssignmentRuleShape, summary="Read a rule of assignment", openapi_extra=VERSIONED)
def get_assignment_rule(request: ApiRequest, rule_id: UUID) -> HttpResponse:
    """One rule."""
    require(request, "settings", "view")
    return versioned(request, _one(rule_id))


@router.patch(RULE, response=AssignmentRuleShape, summary="Change a rule of assignment", openapi_extra=VERSIONED)
def patch_assignment_rule(request: ApiRequest, rule_id: UUID, body: AssignmentRuleChange) -> HttpResponse:
    """What it asks for, who gets it and how it is shared out; `people` takes the place of all who were named."""
    principal = require(request, "settings", "edit")
    found, sent = row_of(rows(), rule_id), body.sent()
    version = version_to_write(request, found.version)
    try:
        save_assignment_rule(principal, found, _facts(sent), people=_people(sent), version=version)
    except Stale as error:
        raise stale(_one(rule_id), sent, error) from None
    return versioned(request, _one(rule_id))


@router.delete(RULE, response={204: None}, summary="Take a rule of assignment away", openapi_extra=VERSIONED)
def delete_assignment_rule(request: ApiRequest, rule_id: UUID) -> HttpResponse:
    """What it gave stays where it is."""
    principal = require(request, "settings", "edit")
    found = row_of(rows(), rule_id)
    refuse_stale(request, found.version)
    remove_rule(principal, found)
    return no_content()


@router.post(RULES + "/order", response=AssignmentRuleList, summary="Put rules of assignment in order")
def order_assignment_rules(request: ApiRequest, body: SequenceBody) -> HttpResponse:
    """The first that fits decides."""
    principal = require(request, "settings", "edit")
    found = list(AssignmentRule.objects.all())
    put_in_order(principal, found, in_order(found, body.ids), kind="assignment-rule")
    return _listed(PageParams())


@router.post(RULES + "/try", response=WouldGetShape, summary="See who would get a deal")
def try_assignment_rules(request: ApiRequest, body: SoughtBody) -> HttpResponse:
    """Nothing is written and no turn is taken."""
    require(request, "settings", "view")
    sent = rows_coded(body.model_dump())
    keys = {f"{name}_id": sent[name].pk for name in ROWS if sent[name] is not None}
    found = would_get(Sought(**keys, **{name: sent[name] for name in sent.keys() - ROWS.keys()}))
    return answer(
        {
            "rule": found.rule.pk if found else None,
            "rule_name": found.rule.name if found else "",
            "person": person_shown(found.person) if found else None,
            "unit": code_of(found.rule.unit) if found else "",
            "then": [person_shown(one) for one in found.others] if found else [],
        }
    )


@router.get("/assignment-decisions", response=DecisionList, summary="List what rules of assignment decided")
def list_assignment_decisions(request: ApiRequest, asked: Query[PageParams]) -> HttpResponse:
    """To whom deals went and by which rule, the latest first."""
    principal = require(request, "settings", "view")
    found = DealAssignment.objects.select_related("user", "unit")
    page = page_in(found, LATEST, asked)
    seen = _deals_seen(principal, page.rows)
    return list_answer([_decision(row, seen) for row in page.rows], page.next, capped_count(found))


def _deals_seen(principal: Principal, decisions: list[DealAssignment]) -> set[UUID]:
    """The deals among them that one sees; whoever sets up rules need not see every deal."""
    if not principal.may("deal", "view"):
        return set()
    ids = [row.deal_id for row in decisions]
    return set(Deal.objects.visible_to(principal).filter(pk__in=ids).values_list("pk", flat=True))


def _decision(row: DealAssignment, seen: set[UUID]) -> dict[str, Any]:
    is_seen = row.deal_id in seen
    return {
        "id": row.pk,
        "at": row.at,
        "rule": row.rule_id,
        "rule_name": row.rule_name,
        "deal": row.deal_id if is_seen else None,
        "person": person_shown(row.user),
        "unit": code_of(row.unit),
        "sought": row.facts if is_seen else None,
    }


def rows() -> QuerySet[AssignmentRule]:
    """Rules with what is told of them."""
    found = AssignmentRule.objects.select_related(*ROWS, "unit")
    return found.prefetch_related("people__user")


def _facts(sent: dict[str, Any]) -> dict[str, Any]:
    return rows_coded({name: value for name, value in sent.items() if name != "people"}, CODED)


def _people(sent: dict[str, Any]) -> list[UUID] | None:
    """Who was named; None where nothing was said of people. Raises `InvalidFields`."""
    if "people" not in sent:
        return None
    known = people_named(sent["people"])
    wrong = {
        f"people.{n}": _("Choose somebody who works here.") for n, one in enumerate(sent["people"]) if one not in known
    }
    if wrong:
        raise InvalidFields(wrong)
    return [known[name].pk for name in sent["people"]]


def _listed(asked: PageParams) -> HttpResponse:
    found = rows()
    page = page_in(found, IN_ORDER, asked)
    return list_answer([_shown(row) for row in page.rows], page.next, capped_count(found))


def _one(rule_id: UUID) -> dict[str, Any]:
    return _shown(row_of(rows(), rule_id))


def _shown(row: AssignmentRule) -> dict[str, Any]:
    return (
        {name: getattr(row, name) for name in PLAIN}
        | {name: code_of(getattr(row, name)) for name in CODED}
        | {"people": [person_shown(one.user) for one in row.people.all()]}
    )
