"""A product and its variants; a variant is what has a code (SKU), a price, a cost and a stock."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.foundation.ordered import OrderedValuesField
from filo.operational.catalogue.policies import PRODUCT_SEEN

CONDITIONS = [
    ("new", pgettext_lazy("a product is", "New")),
    ("limited", pgettext_lazy("a product is", "Limited edition")),
    ("second-hand", pgettext_lazy("a product is", "Second-hand")),
]
STATUSES = [
    ("draft", pgettext_lazy("a product is", "Draft")),
    ("active", pgettext_lazy("a product is", "On sale")),
    ("retired", pgettext_lazy("a product is", "No longer sold")),
]
UNITS = [
    ("pc", _("pieces")),
    ("pair", _("pairs")),
    ("set", _("sets")),
    ("m", _("metres")),
    ("m2", _("square metres")),
    ("kg", _("kilograms")),
    ("l", _("litres")),
    ("h", _("hours")),
    ("day", _("days")),
    ("month", _("months")),
]
RELATIONS = [
    ("accessory", pgettext_lazy("a product goes with another as", "Accessory")),
    ("alternative", pgettext_lazy("a product goes with another as", "Alternative")),
    ("better", pgettext_lazy("a product goes with another as", "A step up")),
    ("successor", pgettext_lazy("a product goes with another as", "Successor")),
]
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


class ProductValue(models.Model):
    """An attribute that a product or one of its variants has, for filters: `name` and `value` are folded."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, db_index=False, related_name="+")
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=120)
    said = models.CharField(max_length=120)

    objects: ClassVar[models.Manager[ProductValue]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["name", "value", "product"], name="product_value_sought")]
        constraints = [models.UniqueConstraint(fields=["product", "name", "value"], name="product_value_once")]


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


class Variant(models.Model):
    """What is ordered, priced and kept: one for a product that has no variants.

    sku: as it was written; sku_folded: the same for comparing (no two alike). values: `{"size": "M", "colour":
    "blue"}`. price: the base price of one unit, without VAT, in the company's currency, before any list; cost: what
    one unit costs the firm.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="variants")
    sku = models.CharField(max_length=60)
    sku_folded = models.CharField(max_length=60, unique=True, editable=False)
    barcode = models.CharField(max_length=20, blank=True)
    values = OrderedValuesField(default=dict, blank=True)
    price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    cost = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    weight = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Variant]] = models.Manager()

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["barcode"], name="variant_by_barcode", condition=~Q(barcode=""))]
        constraints = [
            models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="variant_price_not_negative"),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="variant_cost_not_negative"),
        ]

    def __str__(self) -> str:
        return self.sku

    @property
    def told(self) -> str:
        """What sets it apart from its siblings: M, blue."""
        return ", ".join(str(value) for value in self.values.values() if value)


class ProductImage(models.Model):
    """A picture of a product, or of one variant of it; the first is the one that lists show."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="images")
    variant = models.ForeignKey(Variant, models.SET_NULL, null=True, blank=True, related_name="+")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    words = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[ProductImage]] = models.Manager()

    class Meta:
        ordering = ["position", "id"]


class ProductRelation(models.Model):
    """What goes with what."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, db_index=False, related_name="relations")
    other = models.ForeignKey(Product, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=RELATIONS)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[ProductRelation]] = models.Manager()

    class Meta:
        ordering = ["kind", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "other", "kind"], name="product_relation_once"),
            models.CheckConstraint(condition=~Q(product=F("other")), name="product_not_its_own"),
        ]
