"""What a firm sets up: pipelines and their stages, reasons of losses, rules of scoring and assignment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.operational.deals.models import (
    AssignmentRule,
    AssignmentRulePerson,
    Deal,
    LossReason,
    Pipeline,
    PipelineStage,
    ScoreRule,
)
from filo.operational.deals.requirements import REQUIRABLE
from filo.operational.deals.services.adding_up import add_up, part_of
from filo.operational.deals.services.changes import keep_setting, write_setting

# A new pipeline begins with these, which may be renamed: code, Italian, English, percent, days, kind.
USUAL = (
    ("contact", "Primo contatto", "First contact", 10, 14, "open"),
    ("offer", "Offerta", "Offer", 40, 21, "open"),
    ("negotiation", "Trattativa", "Negotiation", 70, 14, "open"),
    ("won", "Vinta", "Won", 100, 0, "won"),
    ("lost", "Persa", "Lost", 0, 0, "lost"),
)


def save_pipeline(principal: Principal, pipeline: Pipeline | None, facts: Mapping[str, Any]) -> Pipeline:
    """Make a pipeline, with its usual stages, or change one. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    found = pipeline or Pipeline(code=_free_code(facts), position=Pipeline.objects.count())
    line, company = facts.get("product_line"), facts.get("company")
    if line is not None and company is not None and line.company_id != company.pk:
        raise InvalidFields({"product_line": _("This product line is another company's.")})
    with transaction.atomic():
        changes = write_setting(found, {name: value for name, value in facts.items() if name != "code"})
        if pipeline is None:
            for place, (code, italian, english, chance, days, kind) in enumerate(USUAL):
                PipelineStage.objects.create(
                    pipeline=found,
                    code=code,
                    name_it=italian,
                    name_en=english,
                    probability=chance,
                    stale_after=days,
                    kind=kind,
                    position=place,
                )
        record(principal, "deal-pipeline.save", kind="deal-pipeline", object_id=found.id, changes=changes)
    return found


def _free_code(facts: Mapping[str, Any]) -> str:
    code = str(facts.get("code") or slugify(facts["name_it"])[:60] or "pipeline")
    if Pipeline.objects.filter(code=code).exists():
        raise InvalidFields({"name_it": _("There is one of this name already.")})
    return code


def save_stage(
    principal: Principal, pipeline: Pipeline, stage: PipelineStage | None, facts: Mapping[str, Any]
) -> PipelineStage:
    """Make a stage or change one; open deals follow its probability and its days. Raises `Forbidden`,
    `InvalidFields`.
    """
    principal.require("settings", "edit")
    found = stage or PipelineStage(pipeline=pipeline, position=pipeline.stages.count())
    if stage is None:
        found.code = _free_stage_code(pipeline, facts)
    wanted = {name: value for name, value in facts.items() if name not in ("code", "kind", "position")}
    codes = set(pipeline.stages.values_list("code", flat=True)) | {found.code}
    if set(wanted.get("required", ())) - REQUIRABLE.keys() or set(wanted.get("next_codes", ())) - codes:
        raise InvalidFields({"required": _("There is no such field or stage.")})
    if not found.is_open:
        wanted |= {"probability": found.probability, "stale_after": 0, "next_codes": []}
    with transaction.atomic():
        changes = write_setting(found, wanted)
        if stage is not None and changes.keys() & {"probability", "stale_after"}:
            _follow(found)
        record(principal, "deal-stage.save", kind="deal-stage", object_id=found.id, changes=changes)
    return found


def _free_stage_code(pipeline: Pipeline, facts: Mapping[str, Any]) -> str:
    stem = slugify(facts["name_it"])[:50] or "stage"
    taken = set(pipeline.stages.values_list("code", flat=True))
    return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, 999))) if code not in taken)


def _follow(stage: PipelineStage) -> None:
    """Open deals of a stage have its probability, and stand still after its days."""
    rows = Deal.objects.select_for_update(of=("self",)).filter(stage=stage, state="open").select_related("stage")
    deals, parts = list(rows.order_by("pk")), []
    for deal in deals:
        before = part_of(deal)
        deal.stage = stage
        deal.settle()
        parts.append((before, part_of(deal)))
    Deal.objects.bulk_update(deals, ["chance", "stale_at", "stale_told"], batch_size=200)
    add_up(parts)


def save_reason(principal: Principal, reason: LossReason | None, facts: Mapping[str, Any]) -> LossReason:
    """Keep a reason of losses. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    found = reason or LossReason(position=LossReason.objects.count())
    if LossReason.objects.filter(name_it=facts["name_it"]).exclude(pk=found.pk).exists():
        raise InvalidFields({"name_it": _("There is one of this name already.")})
    keep_setting(principal, found, facts, kind="loss-reason")
    return found


def save_score_rule(principal: Principal, rule: ScoreRule | None, facts: Mapping[str, Any]) -> ScoreRule:
    """Keep a rule of scoring. Raises `Forbidden`."""
    principal.require("settings", "edit")
    found = rule or ScoreRule(position=ScoreRule.objects.count())
    keep_setting(principal, found, facts, kind="score-rule")
    return found


def save_assignment_rule(
    principal: Principal, rule: AssignmentRule | None, facts: Mapping[str, Any], *, people: Collection[UUID]
) -> AssignmentRule:
    """Keep a rule of assignment and its people. Raises `Forbidden`, `InvalidFields` (nobody would get anything)."""
    principal.require("settings", "edit")
    if not people and facts.get("unit") is None:
        raise InvalidFields({"people": _("Choose people, or a unit.")})
    found = rule or AssignmentRule(position=AssignmentRule.objects.count())
    with transaction.atomic():
        changes = write_setting(found, facts)
        kept = list(found.people.values_list("user", flat=True))
        found.people.all().delete()
        rows = [AssignmentRulePerson(rule=found, user_id=key, position=n) for n, key in enumerate(people)]
        AssignmentRulePerson.objects.bulk_create(rows)
        if kept != list(people):
            changes["people"] = ([str(key) for key in kept], [str(key) for key in people])
        record(principal, "assignment-rule.save", kind="assignment-rule", object_id=found.id, changes=changes)
    return found
