"""How trees are walked: which nodes were reached and where people stayed, without who they were."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

CHANNELS = [("page", _("Knowledge base")), ("staff", _("Colleagues")), ("api", _("API"))]


class TreeWalk(models.Model):
    """One walk under a random id. `path` holds the way so far as [node, answer]; `at` is where it is now.

    `helped` is what was said at its end; `to_person` whether it led to a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    tree = models.ForeignKey("trees.DecisionTree", models.CASCADE, db_index=False, related_name="walks")
    version = models.ForeignKey("trees.TreeVersion", models.CASCADE, related_name="+")
    channel = models.CharField(max_length=5, choices=CHANNELS)
    path = models.JSONField(default=list)
    at = models.CharField(max_length=40)
    helped = models.BooleanField(null=True)
    to_person = models.BooleanField(default=False)
    began_at = models.DateTimeField()

    objects: ClassVar[models.Manager[TreeWalk]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["tree", "began_at"], name="tree_walks_since"),
            models.Index(fields=["began_at"], name="tree_walks_by_age"),
        ]


class TreeStep(models.Model):
    """A node that a walk reached, kept also when the walk turned back from it."""

    id = models.BigAutoField(primary_key=True)
    walk = models.ForeignKey(TreeWalk, models.CASCADE, db_index=False, related_name="steps")
    node = models.CharField(max_length=40)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[TreeStep]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["walk", "node"], name="tree_step_once")]
