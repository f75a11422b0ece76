"""What a firm sets up: pipelines and their stages, reasons of losses, rules of scoring and assignment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields
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

# A new pipeline begins with these, which may be renamed: code, Italian, English, percent, days, kind.
USUAL = (
    ("contact", "Primo contatto", "First contact", 10, 14, "open"),
    ("offer", "Offerta", "Offer", 40, 21, "open"),
    ("negotiation", "Trattativa", "Negotiation", 70, 14, "open"),
    ("won", "Vinta", "Won", 100, 0, "won"),
    ("lost", "Persa", "Lost", 0, 0, "lost"),
)
Ordered = TypeVar("Ordered", PipelineStage, LossReason, ScoreRule, AssignmentRule, Pipeline)


def save_pipeline(principal: Principal, pipeline: Pipeline | None, facts: Mapping[str, Any]) -> Pipeline:
    """Make a pipeline, with its usual stages, or change one. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    found = pipeline or Pipeline(code=_free_code(facts), position=Pipeline.objects.count())
    line, company = facts.get("product_line"), facts.get("company")
    if line is not None and company is not None and line.company_id != company.pk:
        raise InvalidFields({"product_line": _("This product line is another company's.")})
    with transaction.atomic():
        changes = _write(found, {name: value for name, value in facts.items() if name != "code"})
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
        changes = _write(found, wanted)
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


def remove_stage(principal: Principal, stage: PipelineStage) -> None:
    """Take an open stage away in which no deal is or was. Raises `Forbidden`, `DomainError`."""
    principal.require("settings", "edit")
    if not stage.is_open:
        raise DomainError(_("Each pipeline has a stage for what was won and one for what was lost."), code="deal-stage")
    with transaction.atomic():
        used = stage.pipeline.stages.filter(pk=stage.pk, pk__in=Deal.objects.filter(stage=stage).values("stage"))
        if used.exists():
            raise DomainError(_("There are deals in this stage: move them first."), code="deal-stage-used")
        if not stage.pipeline.stages.filter(kind="open").exclude(pk=stage.pk).exists():
            raise DomainError(_("A pipeline needs at least one open stage."), code="deal-stage")
        for other in stage.pipeline.stages.all():
            if stage.code in other.next_codes:
                other.next_codes = [code for code in other.next_codes if code != stage.code]
                other.save(update_fields=["next_codes"])
        key = stage.pk
        stage.delete()
        record(principal, "deal-stage.remove", kind="deal-stage", object_id=key, changes={})


def put_in_order(principal: Principal, rows: Sequence[Ordered], keys: Sequence[UUID], *, kind: str) -> None:
    """Stand rows in the order of these keys; what is not named comes after. Raises `Forbidden`."""
    principal.require("settings", "edit")
    place = {key: number for number, key in enumerate(keys)}
    found = sorted(rows, key=lambda row: (place.get(row.pk, len(place)), row.position))
    with transaction.atomic():
        for number, row in enumerate(found):
            if row.position != number:
                changes = {"position": (row.position, number)}
                row.position = number
                row.save(update_fields=["position"])
                record(principal, f"{kind}.order", kind=kind, object_id=row.pk, changes=changes)


def save_reason(principal: Principal, reason: LossReason | None, facts: Mapping[str, Any]) -> LossReason:
    """Keep a reason of losses. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    found = reason or LossReason(position=LossReason.objects.count())
    if LossReason.objects.filter(name_it=facts["name_it"]).exclude(pk=found.pk).exists():
        raise InvalidFields({"name_it": _("There is one of this name already.")})
    _keep(principal, found, facts, kind="loss-reason")
    return found


def save_score_rule(principal: Principal, rule: ScoreRule | None, facts: Mapping[str, Any]) -> ScoreRule:
    """Keep a rule of scoring. Raises `Forbidden`."""
    principal.require("settings", "edit")
    found = rule or ScoreRule(position=ScoreRule.objects.count())
    _keep(principal, found, facts, kind="score-rule")
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
        changes = _write(found, facts)
        kept = list(found.people.values_list("user", flat=True))
        found.people.all().delete()
        rows = [AssignmentRulePerson(rule=found, user_id=key, position=n) for n, key in enumerate(people)]
        AssignmentRulePerson.objects.bulk_create(rows)
        if kept != list(people):
            changes["people"] = ([str(key) for key in kept], [str(key) for key in people])
        record(principal, "assignment-rule.save", kind="assignment-rule", object_id=found.id, changes=changes)
    return found


def remove_rule(principal: Principal, rule: ScoreRule | AssignmentRule) -> None:
    """Take a rule away; what it gave stays. Raises `Forbidden`."""
    principal.require("settings", "edit")
    kind = "score-rule" if isinstance(rule, ScoreRule) else "assignment-rule"
    with transaction.atomic():
        key = rule.pk
        rule.delete()
        record(principal, f"{kind}.remove", kind=kind, object_id=key, changes={})


def _keep(principal: Principal, found: LossReason | ScoreRule, facts: Mapping[str, Any], *, kind: str) -> None:
    with transaction.atomic():
        changes = _write(found, facts)
        record(principal, f"{kind}.save", kind=kind, object_id=found.pk, changes=changes)


def _write(found: Model, facts: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set and save; gives what changed, with rows by their ids."""
    changes = {}
    for name, value in facts.items():
        before = getattr(found, name)
        if before != value:
            changes[name] = (_key(before), _key(value))
        setattr(found, name, value)
    found.save()
    return changes


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value
