"""A sales floor for tests: a pipeline with its stages, reasons of losses, and deals."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from filo.foundation.access.principal import Principal
from filo.operational.deals.models import Deal, LossReason, Pipeline, PipelineStage
from filo.operational.deals.services import open_deal
from filo.testing.world import World

STAGES = (("first", 10, "open"), ("offer", 50, "open"), ("talks", 80, "open"), ("won", 100, "won"), ("lost", 0, "lost"))


@dataclass
class Floor:
    """`open` opens a deal of the agent with his own customer."""

    world: World
    pipeline: Pipeline
    reason: LossReason
    stages: dict[str, PipelineStage] = field(default_factory=dict)

    def principal(self, name: str = "agent") -> Principal:
        return self.world.principal(name)

    def open(
        self, title: str = "Fornitura", *, who: str = "agent", party: str = "own", stage: str = "first", **facts: Any
    ) -> Deal:
        facts.setdefault("amount", Decimal(1000))
        facts.setdefault("owner_id", self.world.people[who].id)
        deal = open_deal(
            self.principal(who),
            title=title,
            party=self.world.parties[party],
            pipeline=self.pipeline,
            stage=self.stages[stage],
            **facts,
        )
        return self.again(deal)

    def again(self, deal: Deal) -> Deal:
        return Deal.objects.select_related("stage", "pipeline", "party").get(pk=deal.pk)

    def demand(self, stage: str, *codes: str) -> None:
        PipelineStage.objects.filter(pk=self.stages[stage].pk).update(required=list(codes))


def floor_of(world: World) -> Floor:
    """Three open stages, won and lost; of one company."""
    pipeline = Pipeline.objects.create(code="shops", name_it="Negozi", name_en="Shops", company=world.companies["moda"])
    floor = Floor(world, pipeline, LossReason.objects.create(name_it="Prezzo", name_en="Price"))
    for place, (code, chance, kind) in enumerate(STAGES):
        floor.stages[code] = PipelineStage.objects.create(
            pipeline=pipeline, code=code, name_it=code.title(), probability=chance, kind=kind, position=place
        )
    return floor
