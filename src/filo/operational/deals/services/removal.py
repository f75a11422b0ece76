"""Stages and rules that nothing needs any more are taken away."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError
from filo.operational.deals.models import (
    AssignmentRule,
    Deal,
    PipelineStage,
    ScoreRule,
)


def remove_stage(principal: Principal, stage: PipelineStage) -> None:
    """Take an open stage away in which no deal is; steps of deals that were in it still say so.

    Raises `Forbidden`, `DomainError`.
    """
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
        stage.removed_at = clock.now()
        stage.version += 1
        stage.save(update_fields=["removed_at", "version"])
        changes = {"removed_at": (None, stage.removed_at)}
        record(principal, "deal-stage.remove", kind="deal-stage", object_id=stage.pk, changes=changes)


def remove_rule(principal: Principal, rule: ScoreRule | AssignmentRule) -> None:
    """Take a rule away; what it gave stays. Raises `Forbidden`."""
    principal.require("settings", "edit")
    kind = "score-rule" if isinstance(rule, ScoreRule) else "assignment-rule"
    with transaction.atomic():
        key = rule.pk
        rule.delete()
        record(principal, f"{kind}.remove", kind=kind, object_id=key, changes={})
