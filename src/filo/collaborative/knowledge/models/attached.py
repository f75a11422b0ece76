"""What hangs on an article: files, whose text is searched, and the requests and articles that belong to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from filo.foundation.ids import uuid7


class ArticleFile(models.Model):
    """`text` is what the file says, taken out apart; `problem` why nothing could be taken out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey("knowledge.Article", models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    problem = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[ArticleFile]] = models.Manager()

    class Meta:
        ordering = ["position"]


class ArticleLink(models.Model):
    """A request (or another article) that was put onto an article."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey("knowledge.Article", models.CASCADE, db_index=False, related_name="links")
    kind = models.CharField(max_length=10, choices=[("ticket", "ticket"), ("article", "article")])
    target = models.UUIDField()

    objects: ClassVar[models.Manager[ArticleLink]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "kind", "target"], name="article_link_once")]
        indexes = [models.Index(fields=["kind", "target"], name="article_link_back")]
