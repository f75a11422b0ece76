"""Where the chat stands: our own pages, or a site of the firm that carries the script."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7


class ChatPlace(models.Model):
    """origins: the sites that may show it (https://www.example.it), none for our own pages alone. greeting: what stands
    above the first line in each language. calls: whether customers may ask to be called.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    company = models.ForeignKey("organisation.SellingCompany", models.CASCADE, null=True, related_name="+")
    group = models.ForeignKey("service.ServiceGroup", models.SET_NULL, null=True, related_name="+")
    origins = models.JSONField(default=list)
    greeting_it = models.CharField(max_length=300, blank=True)
    greeting_en = models.CharField(max_length=300, blank=True)
    calls = models.BooleanField(default=True)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[ChatPlace]] = models.Manager()

    class Meta:
        verbose_name = _("place of the chat")
        verbose_name_plural = _("places of the chat")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def greeting(self, language: str) -> str:
        """In this language, else in the other."""
        first, second = (self.greeting_en, self.greeting_it)
        return (first or second) if language.startswith("en") else (second or first)
