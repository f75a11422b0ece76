"""What an article means, as numbers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from filo.foundation.ids import uuid7


class ArticleMeaning(models.Model):
    """What a published article says, sentence by sentence: `said` holds for each its kind (title, answer, body,
    phrasing), language, text and stems, `values` as many vectors of 512 half-precision floats of unit length.

    `stamp` is another one each time; `rules` tells how they were made, so that older ones are made anew.
    """

    article = models.OneToOneField("knowledge.Article", models.CASCADE, primary_key=True, related_name="meaning")
    stamp = models.UUIDField()
    rules = models.PositiveSmallIntegerField()
    said = models.JSONField()
    values = models.BinaryField()

    objects: ClassVar[models.Manager[ArticleMeaning]] = models.Manager()


class VectorState(models.Model):
    """Another token whenever a meaning changes, so that whoever holds them in memory knows; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField(default=uuid7)

    objects: ClassVar[models.Manager[VectorState]] = models.Manager()
