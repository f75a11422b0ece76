"""The firm as it is divided: companies that sell, units, areas, channels, product lines."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7

SCHEMES = [
    ("open", _("Open: inside people and area managers see all, agents their own")),
    ("by-area", _("By area: area managers see their units, agents their own")),
]


class Firm(models.Model):
    """The one row that says whose workspace this is."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=120)
    visibility_scheme = models.CharField(max_length=20, choices=SCHEMES, default="open")
    language = models.CharField(max_length=5, default="it")
    time_zone = models.CharField(max_length=60, default="Europe/Rome")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="firm_one_row")]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A part of the firm; units form a tree and `path` lists the ids from the root to here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.TextField(unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        return self.path.count("/") - 1


class Named(models.Model):
    """What the four dimensions share: a code for programs and imports, a name for people."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    default_unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class SellingCompany(Named):
    """A company of the group that sells, with its own fiscal data and numbering."""

    legal_name = models.CharField(max_length=200, blank=True)
    vat_number = models.CharField(max_length=20, blank=True)


class Area(Named):
    """A territory."""


class Channel(Named):
    """The way in which a customer is sold to: agents, shops, web, telephone."""


class ProductLine(Named):
    """A line of products of one selling company."""

    company = models.ForeignKey(SellingCompany, models.CASCADE, related_name="product_lines")


class CompanyLook(models.Model):
    """How a company shows itself on documents and public pages: where it is, its logo, its colour, its foot lines."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.OneToOneField(SellingCompany, models.CASCADE, related_name="look")
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=100, blank=True)
    province = models.CharField(max_length=4, blank=True)
    country = models.CharField(max_length=2, default="IT")
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    colour = models.CharField(max_length=7, default="#1f5f8b")
    logo = models.ForeignKey("files.StoredFile", models.SET_NULL, null=True, blank=True, related_name="+")
    foot = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(colour__regex=r"^#[0-9a-fA-F]{6}$"), name="look_colour_is_hex")
        ]
