"""One deal, and the pipelines and stages that it may be in."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, NotFound
from filo.operational.deals.models import Deal, Pipeline, PipelineStage

SHOWN = ("stage", "pipeline", "owner", "company", "product_line", "area", "channel", "loss_reason")


def seen_deal(principal: Principal, deal_id: UUID) -> Deal:
    """The deal with this id, if this principal may see it. Raises `NotFound`."""
    rows = Deal.objects.visible_to(principal).for_list()
    found = rows.select_related("area", "channel", "product_line", "loss_reason", "unit").filter(pk=deal_id).first()
    if found is None or not principal.may("deal", "view"):
        raise NotFound
    return found


def deal_again(deal: Deal) -> Deal:
    """The deal as it is kept now, for whoever has just changed it, also where he sees it no more."""
    return Deal.objects.select_related(*SHOWN).get(pk=deal.pk)


def binned_deal(principal: Principal, deal_id: UUID) -> Deal:
    """A deal in the bin, for whoever could see it outside. Raises `NotFound`."""
    found = Deal.objects.in_bin(principal).for_list().filter(pk=deal_id).first()
    if found is None or not principal.may("deal", "view"):
        raise NotFound
    return found


def open_pipelines(principal: Principal) -> list[Pipeline]:
    """The pipelines in use, of companies that this principal works in."""
    found = Pipeline.objects.filter(archived=False).select_related("company", "product_line")
    mine = principal.company_ids
    return [one for one in found if mine is None or one.company_id is None or one.company_id in mine]


def stages_of(pipeline: Pipeline) -> list[PipelineStage]:
    """Its stages in their order: the open ones, then won, then lost."""
    ends = {"open": 0, "won": 1, "lost": 2}
    return sorted(pipeline.stages.all(), key=lambda stage: (ends[stage.kind], stage.position))


def first_stage(pipeline: Pipeline) -> PipelineStage:
    """Where a new deal begins. Raises `InvalidFields` for a pipeline without stages."""
    found = [stage for stage in stages_of(pipeline) if stage.is_open]
    if not found:
        raise InvalidFields({"pipeline": _("This pipeline has no stages yet: set them up first.")})
    return found[0]


def end_of(pipeline: Pipeline, kind: str) -> PipelineStage:
    """Its stage that is won, or lost."""
    return next(stage for stage in stages_of(pipeline) if stage.kind == kind)


def may_go(stage: PipelineStage, to: PipelineStage) -> bool:
    """Whether a deal may go from one stage to another: losing is always possible, the rest as the stage says."""
    if stage.pk == to.pk or to.kind == "lost" or not stage.next_codes:
        return True
    return to.code in stage.next_codes


def reachable(stage: PipelineStage, stages: Sequence[PipelineStage]) -> list[PipelineStage]:
    """The other stages that a deal may go to from this one."""
    return [to for to in stages if to.pk != stage.pk and may_go(stage, to)]
