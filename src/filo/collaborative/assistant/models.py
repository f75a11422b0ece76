"""What a visitor told the assistant, and the sections that are shown to some customers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7


class Assisted(models.Model):
    """One visitor's talk with the assistant. topic: the words he looks for; offers: whether he asked for offers.

    answers: by kind of fact, the codes he chose. ways: by `tree/node`, the answers he chose in trees.
    proposed: what was shown last, as (product, reasons).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visitor = models.OneToOneField("visitors.Visitor", models.CASCADE, related_name="+")
    conversation = models.ForeignKey("inbox.Conversation", models.SET_NULL, null=True, related_name="+")
    topic = models.CharField(max_length=120, blank=True)
    offers = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    ways = models.JSONField(default=dict)
    proposed = models.JSONField(default=list)
    began_at = models.DateTimeField()
    last_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Assisted]] = models.Manager()

    class Meta:
        verbose_name = _("talk with the assistant")
        verbose_name_plural = _("talks with the assistant")


class GuidedTopic(models.Model):
    """What the assistant asks of who looks for something that these words name; without words it is for everything."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    words = models.CharField(max_length=300, blank=True)
    tree = models.ForeignKey("trees.DecisionTree", models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[GuidedTopic]] = models.Manager()

    class Meta:
        verbose_name = _("guided topic of the assistant")
        verbose_name_plural = _("guided topics of the assistant")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.words


class SectionRule(models.Model):
    """Who bought this is shown the newest of that: `bought` and `shows` are beginnings of categories.

    holdout: how many of a hundred customers are not shown it, so that what it brings can be told.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    title_it = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    bought = models.CharField(max_length=120)
    shows = models.CharField(max_length=120)
    holdout = models.PositiveSmallIntegerField(default=10)
    active = models.BooleanField(default=True)

    objects: ClassVar[models.Manager[SectionRule]] = models.Manager()

    class Meta:
        verbose_name = _("section for some customers")
        verbose_name_plural = _("sections for some customers")
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=Q(holdout__lte=90), name="section_is_shown_to_some")]

    def __str__(self) -> str:
        return self.title_it

    def title(self, language: str) -> str:
        """In this language, else in the other."""
        first, second = (self.title_en, self.title_it) if language.startswith("en") else (self.title_it, self.title_en)
        return first or second


class SectionSeen(models.Model):
    """That a customer was shown a section, or was held out (`shown`); ordered_at: when he ordered next, anything."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule = models.ForeignKey(SectionRule, models.CASCADE, db_index=False, related_name="+")
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    shown = models.BooleanField()
    at = models.DateTimeField()
    ordered_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[SectionSeen]] = models.Manager()

    class Meta:
        verbose_name = _("section seen")
        verbose_name_plural = _("sections seen")
        constraints = [models.UniqueConstraint(fields=["rule", "party"], name="section_seen_once")]
