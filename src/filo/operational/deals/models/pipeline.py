"""The way that deals go, stage by stage, and why they are lost."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7

KINDS = [
    ("open", pgettext_lazy("a deal", "Open")),
    ("won", pgettext_lazy("a deal", "Won")),
    ("lost", pgettext_lazy("a deal", "Lost")),
]


class InBothLanguages(models.Model):
    """Has an Italian name, and an English one where somebody gave it one."""

    name_it = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the reader's language where it has it."""
        return self.name_en or self.name_it if (get_language() or "it").startswith("en") else self.name_it


class Pipeline(InBothLanguages):
    """A way of selling: of one company or product line, or of all. An archived one takes no new deals."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, null=True, blank=True, related_name="+")
    product_line = models.ForeignKey(
        "organisation.ProductLine", models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0)
    archived = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Pipeline]] = models.Manager()

    class Meta:
        verbose_name = _("pipeline")
        verbose_name_plural = _("pipelines")
        ordering = ["position", "name_it"]


class StagesInUse(models.Manager["PipelineStage"]):
    """Those that were not taken away: what people choose from."""

    def get_queryset(self) -> models.QuerySet[PipelineStage]:
        return super().get_queryset().filter(removed_at=None)


class PipelineStage(InBothLanguages):
    """A stage of a pipeline. Each pipeline has one that is won and one that is lost. One that was taken away is
    kept for the steps of deals that were in it (`every`).

    required: the codes of what a deal must have to come here. next_codes: the codes of the stages to which a deal
    may go from here; empty means any. stale_after: after so many days without anything a deal is stale; 0 is never.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pipeline = models.ForeignKey(Pipeline, models.CASCADE, db_index=False, related_name="stages")
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=4, choices=KINDS, default="open")
    probability = models.PositiveSmallIntegerField(default=0)
    stale_after = models.PositiveSmallIntegerField(default=0)
    required = models.JSONField(default=list, blank=True)
    next_codes = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[PipelineStage]] = StagesInUse()
    every: ClassVar[models.Manager[PipelineStage]] = models.Manager()

    class Meta:
        base_manager_name = "every"
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["pipeline", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["pipeline", "code"], condition=Q(removed_at=None), name="deal_stage_once"),
            models.UniqueConstraint(
                fields=["pipeline", "kind"], condition=Q(kind__in=("won", "lost")), name="deal_stage_one_end"
            ),
            models.CheckConstraint(condition=Q(kind__in=("open", "won", "lost")), name="deal_stage_kind_known"),
            models.CheckConstraint(condition=Q(probability__lte=100), name="deal_stage_probability"),
            models.CheckConstraint(condition=~Q(kind="won") | Q(probability=100), name="deal_stage_won_is_certain"),
            models.CheckConstraint(condition=~Q(kind="lost") | Q(probability=0), name="deal_stage_lost_is_nothing"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether a deal in it is still to be decided."""
        return self.kind == "open"


class LossReason(InBothLanguages):
    """Why deals are lost, in the firm's own words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[LossReason]] = models.Manager()

    class Meta:
        verbose_name = _("reason of a loss")
        verbose_name_plural = _("reasons of losses")
        ordering = ["position", "name_it"]
        constraints = [models.UniqueConstraint(fields=["name_it"], name="loss_reason_once")]
