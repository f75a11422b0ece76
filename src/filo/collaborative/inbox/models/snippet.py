"""A text kept ready to answer with, in one or both languages."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7


class SnippetQuerySet(models.QuerySet["Snippet"]):
    """Texts kept ready; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """The firm's and one's own."""
        return self.filter(Q(owner=None) | Q(owner=principal.user_id)) if principal.user_id else self.filter(owner=None)


class Snippet(models.Model):
    """`code` is typed after a slash; placeholders stand as {{ customer.name }}. Without an owner it is the firm's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=120)
    text_it = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Snippet]] = models.Manager.from_queryset(SnippetQuerySet)()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(owner=None), name="snippet_of_firm_once"),
            models.UniqueConstraint(fields=["owner", "code"], name="snippet_of_person_once"),
        ]

    def __str__(self) -> str:
        return self.title
