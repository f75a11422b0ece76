"""What the house calls things that customers read, in other languages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.ids import uuid7
from filo.operational.catalogue.models.product import LANGUAGES

WORDINGS = [
    ("catalogue", pgettext_lazy("a word of products", "Catalogue")),
    ("category", pgettext_lazy("a word of products", "Category")),
    ("attribute", pgettext_lazy("a word of products", "Attribute")),
    ("value", pgettext_lazy("a word of products", "Value")),
]


class Wording(models.Model):
    """A catalogue, a category, an attribute or a value of one, in a language; without a name it keeps the house's.

    key: the id of the catalogue, or the word as the house writes it, folded. description: what is said about it; of a
    category also in the firm's own language, since it stands nowhere else.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=WORDINGS)
    key = models.CharField(max_length=180)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    name = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)

    objects: ClassVar[models.Manager[Wording]] = models.Manager()

    class Meta:
        verbose_name = _("word in another language")
        verbose_name_plural = _("words in other languages")
        constraints = [models.UniqueConstraint(fields=["language", "kind", "key"], name="wording_once")]
