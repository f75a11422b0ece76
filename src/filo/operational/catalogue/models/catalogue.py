"""A choice of products that only some may see, or that is put together for an occasion."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7


class Catalogue(models.Model):
    """Products by hand (`CatalogueItem`) or by a filter over products; for everybody, for the customers a filter
    names (`for_whom`, over parties), for those invited by name, and for who has its link.

    key: what its signed link was made with; a new one ends the links that are out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, null=True, blank=True, related_name="+")
    chosen_by = models.JSONField(default=dict, blank=True)
    everybody = models.BooleanField(default=False)
    for_whom = models.JSONField(default=dict, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    key = models.UUIDField(default=uuid7)
    published = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Catalogue]] = models.Manager()

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="catalogue_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.name


class CatalogueItem(models.Model):
    """A product that was put into a catalogue by hand."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    catalogue = models.ForeignKey(Catalogue, models.CASCADE, db_index=False, related_name="items")
    product = models.ForeignKey("catalogue.Product", models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager[CatalogueItem]] = models.Manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["catalogue", "product"], name="catalogue_item_once")]


class CatalogueGuest(models.Model):
    """A customer for whom a catalogue was opened by name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    catalogue = models.ForeignKey(Catalogue, models.CASCADE, db_index=False, related_name="guests")
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager[CatalogueGuest]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["catalogue", "party"], name="catalogue_guest_once")]
