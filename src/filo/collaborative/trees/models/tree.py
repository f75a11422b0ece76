"""A decision tree as it is drawn, and each state of it that was published."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from filo.collaborative.trees.graph import Graph, graph_from
from filo.collaborative.trees.policies import TREE_SEEN
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7

AUDIENCES = [
    ("public", pgettext_lazy("a tree is for", "Everybody")),
    ("customers", pgettext_lazy("a tree is for", "Customers")),
    ("internal", pgettext_lazy("a tree is for", "Colleagues")),
    ("assistant", pgettext_lazy("a tree is for", "Shop assistant")),
]
ALLOWED = {"public": ("public",), "customers": ("public", "customers"), "assistant": ("assistant",)}


class DecisionTreeQuerySet(models.QuerySet["DecisionTree"]):
    """Trees; every read starts from `visible_to`, or from `told_to` for who is not of the house."""

    def visible_to(self, principal: Principal) -> Self:
        """What is published, and the rest too for who draws trees."""
        return self.filter(TREE_SEEN.rows(principal))

    def told_to(self, audience: str) -> Self:
        """Published ones for an audience: the public, or customers, who may walk what the public may."""
        return self.filter(live__audience__in=ALLOWED.get(audience, ("public", "customers", "internal")))

    def for_list(self) -> Self:
        """With what is published of them."""
        return self.select_related("live", "group", "author")


class DecisionTree(models.Model):
    """A tree: `draft` is what is drawn (see `graph.py`), `live` what is walked; `name` is for colleagues."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    audience = models.CharField(max_length=10, choices=AUDIENCES, default="public")
    group = models.ForeignKey("service.ServiceGroup", models.SET_NULL, null=True, blank=True, related_name="+")
    draft = models.JSONField()
    live = models.ForeignKey("trees.TreeVersion", models.SET_NULL, null=True, blank=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[DecisionTree]] = models.Manager.from_queryset(DecisionTreeQuerySet)()

    class Meta:
        verbose_name = _("decision tree")
        verbose_name_plural = _("decision trees")
        indexes = [models.Index(fields=["-updated_at", "-id"], name="tree_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=[code for code, _l in AUDIENCES]), name="tree_audience_known"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def drawn(self) -> Graph:
        """What is drawn."""
        return graph_from(self.draft)

    @property
    def is_ahead(self) -> bool:
        """Whether it was changed since it was published."""
        live = self.live
        return live is not None and (live.graph != self.draft or live.audience != self.audience)


class TreeVersion(models.Model):
    """A tree as it was published; who began to walk it goes on in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tree = models.ForeignKey(DecisionTree, models.CASCADE, db_index=False, related_name="versions")
    number = models.PositiveIntegerField()
    graph = models.JSONField()
    audience = models.CharField(max_length=10, choices=AUDIENCES)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[TreeVersion]] = models.Manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["tree", "number"], name="tree_version_once")]

    @cached_property
    def told(self) -> Graph:
        """What was published."""
        return graph_from(self.graph)

    @property
    def title(self) -> str:
        """In the reader's language where it has it."""
        texts = self.told.texts
        found = texts.get((get_language() or "it")[:2]) or next(iter(texts.values()), None)
        return found.title if found else ""

    @property
    def intro(self) -> str:
        """What it is for, in the reader's language where it has it."""
        texts = self.told.texts
        found = texts.get((get_language() or "it")[:2]) or next(iter(texts.values()), None)
        return found.intro if found else ""
