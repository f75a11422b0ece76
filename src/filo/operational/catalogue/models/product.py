"""A product, and its words in other languages."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.catalogue.models.choices import CONDITIONS, STATUSES, UNITS
from filo.operational.catalogue.policies import PRODUCT_SEEN

LANGUAGES = [("it", _("Italian")), ("en", _("English"))]


class ProductQuerySet(models.QuerySet["Product"]):
    """Products; every read starts from `visible_to`, or from `on_sale` for who is not of the house."""

    def visible_to(self, principal: Principal) -> Self:
        """Those of the companies one works in, and those of no company; not what lies in the bin."""
        return self.filter(PRODUCT_SEEN.rows(principal), deleted_at=None)

    def in_the_bin(self, principal: Principal) -> Self:
        """What was put there, and can be taken out again."""
        return self.filter(PRODUCT_SEEN.rows(principal), deleted_at__isnull=False)

    def on_sale(self, day: date) -> Self:
        """Those that are sold on a day."""
        return self.filter(
            Q(visible_from=None) | Q(visible_from__lte=day),
            Q(visible_until=None) | Q(visible_until__gte=day),
            status="active",
            deleted_at=None,
        )

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("line", "company", "vat").prefetch_related("texts")


class Product(models.Model):
    """What is sold. code: as colleagues call it; attributes: the names of what its variants differ by, in order
    (`["size", "colour"]`), and of itself (`facts`: `{"material": "cotton"}`).

    visible_from, visible_until: the days on which it is shown to customers, both included. reserved: only those see
    it whom a catalogue shows it to. low_at: with so many left of a variant, or fewer, it is time to order more.
    folded: the name as lists are sorted by it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    brand = models.CharField(max_length=80, blank=True)
    category = models.CharField(max_length=120, blank=True)
    company = models.ForeignKey(
        "organisation.SellingCompany", models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    line = models.ForeignKey(
        "organisation.ProductLine", models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    vat = models.ForeignKey("catalogue.VatClass", models.PROTECT, related_name="+")
    unit = models.CharField(max_length=8, choices=UNITS, default="pc")
    condition = models.CharField(max_length=12, choices=CONDITIONS, default="new")
    status = models.CharField(max_length=8, choices=STATUSES, default="active")
    attributes = models.JSONField(default=list, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    stocked = models.BooleanField(default=True)
    low_at = models.PositiveIntegerField(null=True, blank=True)
    reserved = models.BooleanField(default=False)
    visible_from = models.DateField(null=True, blank=True)
    visible_until = models.DateField(null=True, blank=True)
    folded = models.CharField(max_length=260, editable=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Product]] = models.Manager.from_queryset(ProductQuerySet)()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        indexes = [
            models.Index(fields=["folded", "id"], name="product_by_name"),
            models.Index(fields=["-updated_at", "-id"], name="product_latest"),
            models.Index(fields=["line", "folded", "id"], name="product_by_line"),
            models.Index(fields=["category", "folded", "id"], name="product_by_category"),
            models.Index(fields=["company", "folded", "id"], name="product_by_company"),
        ]
        constraints = [
            models.UniqueConstraint(Lower("code"), name="product_code_once"),
            models.CheckConstraint(
                condition=Q(status__in=[code for code, _l in STATUSES]), name="product_status_known"
            ),
            models.CheckConstraint(
                condition=Q(condition__in=[one for one, _l in CONDITIONS]), name="product_how_known"
            ),
            models.CheckConstraint(
                condition=Q(visible_from=None) | Q(visible_until=None) | Q(visible_until__gte=F("visible_from")),
                name="product_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name_in(get_language() or "it")

    def name_in(self, language: str) -> str:
        """In a language where it has one, else as the house calls it."""
        text = self.text_in(language)
        return (text.name if text else "") or self.name

    def description_in(self, language: str) -> str:
        """The same of what is said about it."""
        text = self.text_in(language)
        return (text.description if text else "") or self.description

    def text_in(self, language: str) -> ProductText | None:
        """The words in one language, if it has any."""
        return next((text for text in self.texts.all() if text.language == language[:2]), None)


class ProductText(models.Model):
    """A product in another language than the firm's own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, db_index=False, related_name="texts")
    language = models.CharField(max_length=2, choices=LANGUAGES)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)

    objects: ClassVar[models.Manager[ProductText]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "language"], name="product_text_once")]
