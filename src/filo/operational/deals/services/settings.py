"""What a firm sets up: pipelines and their stages, reasons of losses, rules of scoring and assignment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
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
from filo.operational.deals.services.adding_up import add_up, part_of
from filo.operational.deals.services.changes import (
    Changes,
    keep_setting,
    mark_changed,
    record_setting,
    write_setting,
)
from filo.operational.deals.set_up import clean_assignment_rule, clean_plain, clean_score_rule, clean_stage

# A new pipeline begins with these, which may be renamed: code, Italian, English, percent, days, kind.
USUAL = (
    ("contact", "Primo contatto", "First contact", 10, 14, "open"),
    ("offer", "Offerta", "Offer", 40, 21, "open"),
    ("negotiation", "Trattativa", "Negotiation", 70, 14, "open"),
    ("won", "Vinta", "Won", 100, 0, "won"),
    ("lost", "Persa", "Lost", 0, 0, "lost"),
)


def save_pipeline(
    principal: Principal, pipeline: Pipeline | None, facts: Mapping[str, Any], *, version: int | None = None
) -> Pipeline:
    """Make a pipeline, with its usual stages, or change one. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    principal.require("settings", "edit")
    wanted = clean_plain(_named(facts, pipeline))
    found = pipeline or Pipeline(code=_free_code(wanted), position=Pipeline.objects.count())
    line, company = (wanted.get(name, getattr(found, name)) for name in ("product_line", "company"))
    if line is not None and company is not None and line.company_id != company.pk:
        raise InvalidFields({"product_line": _("This product line is another company's.")})
    with transaction.atomic():
        told = {name: value for name, value in wanted.items() if name != "code"}
        found, changes = write_setting(found, told, version=version)
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
        record_setting(principal, found, changes, kind="deal-pipeline")
    return found


def _named(facts: Mapping[str, Any], found: object | None) -> dict[str, Any]:
    """What is new has a name, though none was sent."""
    return dict(facts) if found is not None else {"name_it": "", **facts}


def _free_code(facts: Mapping[str, Any]) -> str:
    code = str(facts.get("code") or slugify(facts["name_it"])[:60] or "pipeline")
    if Pipeline.objects.filter(code=code).exists():
        raise InvalidFields({"name_it": _("There is one of this name already.")})
    return code


def save_stage(
    principal: Principal,
    pipeline: Pipeline,
    stage: PipelineStage | None,
    facts: Mapping[str, Any],
    *,
    version: int | None = None,
) -> PipelineStage:
    """Make a stage or change one; open deals follow its probability and its days. Raises `Forbidden`,
    `InvalidFields`, `Stale`.
    """
    principal.require("settings", "edit")
    found = stage or PipelineStage(pipeline=pipeline, position=pipeline.stages.count())
    told = {name: value for name, value in _named(facts, stage).items() if name not in ("code", "kind", "position")}
    others = pipeline.stages.exclude(pk=found.pk).exclude(kind="lost")
    wanted = clean_stage(told, is_open=found.is_open, onward=others.values_list("code", flat=True))
    if stage is None:
        found.code = _free_stage_code(pipeline, wanted)
    with transaction.atomic():
        found, changes = write_setting(found, wanted, version=version)
        if stage is not None and changes.keys() & {"probability", "stale_after"}:
            _follow(found)
        record_setting(principal, found, changes, kind="deal-stage")
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


def save_reason(
    principal: Principal, reason: LossReason | None, facts: Mapping[str, Any], *, version: int | None = None
) -> LossReason:
    """Keep a reason of losses. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    principal.require("settings", "edit")
    wanted = clean_plain(_named(facts, reason))
    found = reason or LossReason(position=LossReason.objects.count())
    if LossReason.objects.filter(name_it=wanted.get("name_it", found.name_it)).exclude(pk=found.pk).exists():
        raise InvalidFields({"name_it": _("There is one of this name already.")})
    return keep_setting(principal, found, wanted, kind="loss-reason", version=version)


def save_score_rule(
    principal: Principal, rule: ScoreRule | None, facts: Mapping[str, Any], *, version: int | None = None
) -> ScoreRule:
    """Keep a rule of scoring. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    principal.require("settings", "edit")
    found = rule or ScoreRule(position=ScoreRule.objects.count())
    told = {name: str(facts.get(name, getattr(found, name)) or "") for name in ("way", "field", "operator", "value")}
    wanted = clean_score_rule(_named(facts, rule), **told)
    return keep_setting(principal, found, wanted, kind="score-rule", version=version)


def save_assignment_rule(
    principal: Principal,
    rule: AssignmentRule | None,
    facts: Mapping[str, Any],
    *,
    people: Collection[UUID] | None,
    version: int | None = None,
) -> AssignmentRule:
    """Keep a rule of assignment and its people (None: as they are). Raises `Forbidden`, `InvalidFields` (nobody would
    get anything), `Stale`.
    """
    principal.require("settings", "edit")
    wanted = clean_assignment_rule(dict(facts) if rule else {"name": "", **facts})
    found = rule or AssignmentRule(position=AssignmentRule.objects.count())
    kept = list(found.people.values_list("user", flat=True)) if rule else []
    named = kept if people is None else list(dict.fromkeys(people))
    _refuse_people(named, kept, unit=wanted.get("unit", found.unit))
    with transaction.atomic():
        found, changes = write_setting(found, wanted, version=version)
        _write_people(found, named, changes, new=rule is None)
        record_setting(principal, found, changes, kind="assignment-rule")
    return found


def _refuse_people(named: Collection[UUID], kept: Collection[UUID], *, unit: object | None) -> None:
    if not named and unit is None:
        raise InvalidFields({"people": _("Choose people, or a unit.")})
    fresh = set(named) - set(kept)
    if User.objects.filter(pk__in=fresh, is_active=True).count() != len(fresh):
        raise InvalidFields({"people": _("Choose somebody who works here.")})


def _write_people(rule: AssignmentRule, named: Collection[UUID], changes: Changes, *, new: bool) -> None:
    """Who is named in their order, where that is not so already; it is one of the changes."""
    kept = list(rule.people.values_list("user", flat=True))
    if kept == list(named):
        return
    rule.people.all().delete()
    rows = [AssignmentRulePerson(rule=rule, user_id=key, position=n) for n, key in enumerate(named)]
    AssignmentRulePerson.objects.bulk_create(rows)
    if not new and not changes:
        mark_changed(rule)
    changes["people"] = ([str(key) for key in kept], [str(key) for key in named])
