"""The columns that the list of products can show."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy

from filo.foundation.amounts import money_words, number_words
from filo.foundation.lists.columns import Column, ColumnSet
from filo.foundation.web.templatetags.web import ago, icon
from filo.operational.catalogue.models import CONDITIONS, STATUSES, Product
from filo.operational.catalogue.queries.listing import Row

_LINE = (
    '<a class="product-line" href="{}"><span class="thumb">{}</span>'
    '<span><b>{}</b> <span class="num muted">{}</span></span></a>'
)
_BADGE = '<span class="badge" data-mean="{}">{}</span>'


def status_badge(product: Product) -> SafeString:
    """The status in a word."""
    return _status(product.status, get_language())


@lru_cache(maxsize=64)
def _status(status: str, _language: str | None) -> SafeString:
    """Made once for each language: a page shows it fifty times."""
    mean = {"active": "good", "draft": "info", "retired": ""}[status]
    return format_html(_BADGE, mean, dict(STATUSES)[status])


def condition_badge(product: Product) -> SafeString | str:
    """The condition, where it is not simply new."""
    return "" if product.condition == "new" else _condition(product.condition, get_language())


@lru_cache(maxsize=64)
def _condition(condition: str, _language: str | None) -> SafeString:
    mean = "thread" if condition == "limited" else "warn"
    return format_html(_BADGE, mean, dict(CONDITIONS)[condition])


def _name(row: Row) -> SafeString:
    picture: SafeString | str = icon("shopping-bag")
    if row.image_id:
        address = reverse("catalogue:image", args=[row.image_id])
        picture = format_html('<img src="{}" alt="" width="32" height="32" loading="lazy">', address)
    address = reverse("catalogue:product", args=[row.product.pk])
    return format_html(_LINE, address, picture, row.product, row.product.code)


def _price(row: Row) -> str:
    if row.lowest is None:
        return ""
    lowest = money_words(row.lowest, row.currency)
    return lowest if row.lowest == row.highest else f"{lowest} – {money_words(row.highest, row.currency)}"


def _stock(row: Row) -> SafeString | str:
    if not row.product.stocked:
        return ""
    low = row.product.low_at
    mean = "bad" if row.free <= 0 else "warn" if low is not None and row.free <= low * row.variants else ""
    words = number_words(row.free)
    return format_html(_BADGE, mean, words) if mean else words


def _variants(row: Row) -> str:
    return ngettext("%(n)s variant", "%(n)s variants", row.variants) % {"n": row.variants}


def _fact(name: str) -> Callable[[Row], Any]:
    return lambda row: str(getattr(row.product, name) or "")


PRODUCT_COLUMNS = ColumnSet.of(
    Column("name", gettext_lazy("Product"), _name, sort="name"),
    Column("category", gettext_lazy("Category"), _fact("category"), style="muted"),
    Column("variants", gettext_lazy("Variants"), _variants, style="muted"),
    Column("price", gettext_lazy("Base price"), _price, style="end"),
    Column("stock", pgettext_lazy("stock", "Free"), _stock, style="end", named=True),
    Column("status", gettext_lazy("Status"), lambda row: status_badge(row.product)),
    Column("condition", gettext_lazy("Condition"), lambda row: condition_badge(row.product)),
    Column("on_hand", gettext_lazy("In stock"), lambda row: number_words(row.on_hand), style="end", named=True),
    Column("line", gettext_lazy("Product line"), _fact("line")),
    Column("company", gettext_lazy("Company"), _fact("company")),
    Column("brand", gettext_lazy("Brand"), _fact("brand")),
    Column("vat", gettext_lazy("VAT"), _fact("vat")),
    Column("unit", gettext_lazy("Unit of measure"), lambda row: row.product.get_unit_display()),
    Column("updated", gettext_lazy("Changed"), lambda row: ago(row.product.updated_at), sort="-updated", style="muted"),
    usual=("category", "variants", "price", "stock", "status", "condition"),
)
