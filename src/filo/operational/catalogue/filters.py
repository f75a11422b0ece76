"""What the list of products may be narrowed by."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.filters.conditions import CHOICE, NUMBER, PAST, among, by_moment, number_in, values_of
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.filters.usual import YES_NO, codes, labels, names_of, words_in, yes_or_no
from filo.foundation.folding import fold
from filo.foundation.organisation.models import ProductLine, SellingCompany
from filo.operational.catalogue.models import (
    CONDITIONS,
    MOVES,
    STATUSES,
    Product,
    ProductImage,
    ProductValue,
    Stock,
    Variant,
    VatClass,
)

MOST_CHOICES, FEW = 300, 2_000


def _in_stock() -> Q:
    rows = Stock.objects.filter(variant__product=OuterRef("pk"), on_hand__gt=F("reserved"), place__active=True)
    return Q(Exists(rows))


def _low() -> Q:
    """A variant of which no more is free than its product is to have at least."""
    least = OuterRef(OuterRef("low_at"))  # of the product at hand: by way of the variant it would be looked up again
    free = Stock.objects.filter(variant=OuterRef("pk"), on_hand__gt=F("reserved") + least)
    few = Variant.objects.filter(product=OuterRef("pk"), active=True).filter(~Exists(free))
    return Q(low_at__isnull=False, stocked=True) & Q(Exists(few))


def _shown_now() -> Q:
    day = clock.today()
    return Q(
        Q(visible_from=None) | Q(visible_from__lte=day),
        Q(visible_until=None) | Q(visible_until__gte=day),
        status="active",
    )


def _coded(path: str) -> Any:
    def condition(_principal: Principal, operator: str, value: Any) -> Q:
        wanted = values_of(operator, value)
        found = Q(**{f"{path}__code__in": [one for one in wanted if one != "none"]})
        if "none" in wanted:
            found |= Q(**{f"{path}__isnull": True})
        return ~found if operator == "is-not" else found

    return condition


def _sku(_principal: Principal, operator: str, value: Any) -> Q:
    wanted = [one.strip().casefold() for one in values_of(operator, value)]
    return Q(Exists(Variant.objects.filter(product=OuterRef("pk"), sku_folded__in=wanted)))


def _attribute(_principal: Principal, operator: str, value: Any) -> Q:
    """`size=M`: the name of an attribute and its value; a value alone is that of any attribute."""
    found = Q(pk__in=[])
    for one in values_of(operator, value):
        name, equals, said = one.rpartition("=")
        rows = ProductValue.objects.filter(value=fold(said))
        rows = rows.filter(name=fold(name)) if equals else rows
        if len(rows.order_by().values_list("pk")[:FEW]) < FEW:
            found |= Q(pk__in=rows.values("product"))
        else:  # what is common is asked of each product, in the order of the list
            found |= Q(Exists(rows.filter(product=OuterRef("pk"))))
    return ~found if operator == "is-not" else found


def _attributes(_principal: Principal) -> list[tuple[str, str]]:
    """What the catalogue holds; cut where there are very many."""
    rows = ProductValue.objects.order_by("name", "value").values_list("name", "value").distinct()[:MOST_CHOICES]
    return [(f"{name}={value}", f"{name}: {value}") for name, value in rows]


def _categories(principal: Principal) -> list[tuple[str, str]]:
    rows = Product.objects.visible_to(principal).exclude(category="").order_by("category")
    return [(name, name) for name in rows.values_list("category", flat=True).distinct()[:MOST_CHOICES]]


def _price(_principal: Principal, operator: str, value: Any) -> Q:
    rows = Variant.objects.filter(product=OuterRef("pk"), active=True)
    if operator in ("empty", "set"):
        found = Q(Exists(rows.exclude(price=None)))
        return ~found if operator == "empty" else found
    lookup = {"is": "price", "more": "price__gt", "less": "price__lt"}[operator]
    return Q(Exists(rows.filter(**{lookup: number_in(value)})))


def _has_image() -> Q:
    return Q(Exists(ProductImage.objects.filter(product=OuterRef("pk"))))


PRODUCT_FILTERS = FilterSet.of(
    FilterField("status", gettext_lazy("Status"), CHOICE, among("status", codes(STATUSES)), labels(STATUSES)),
    FilterField("category", gettext_lazy("Category"), CHOICE, among("category"), _categories),
    FilterField("line", gettext_lazy("Product line"), CHOICE, _coded("line"), names_of(ProductLine)),
    FilterField("company", gettext_lazy("Company"), CHOICE, _coded("company"), names_of(SellingCompany)),
    FilterField(
        "condition", gettext_lazy("Condition"), CHOICE, among("condition", codes(CONDITIONS)), labels(CONDITIONS)
    ),
    FilterField("attribute", gettext_lazy("Attribute"), CHOICE, _attribute, _attributes),
    FilterField("in_stock", gettext_lazy("In stock"), ("is",), yes_or_no(_in_stock), labels(YES_NO)),
    FilterField("low", gettext_lazy("Low stock"), ("is",), yes_or_no(_low), labels(YES_NO)),
    FilterField("shown", gettext_lazy("Shown to customers today"), ("is",), yes_or_no(_shown_now), labels(YES_NO)),
    FilterField(
        "reserved",
        gettext_lazy("In reserved catalogues only"),
        ("is",),
        yes_or_no(lambda: Q(reserved=True)),
        labels(YES_NO),
    ),
    FilterField("image", gettext_lazy("Has a picture"), ("is",), yes_or_no(_has_image), labels(YES_NO)),
    FilterField("vat", gettext_lazy("VAT"), CHOICE, _coded("vat"), names_of(VatClass)),
    FilterField("brand", gettext_lazy("Brand"), ("is", "contains", "empty", "set"), words_in("brand")),
    FilterField("price", gettext_lazy("Base price"), NUMBER, _price),
    FilterField("sku", gettext_lazy("SKU"), ("is", "in"), _sku),
    FilterField("code", gettext_lazy("Code"), ("is", "contains"), words_in("code")),
    FilterField("updated", gettext_lazy("Changed"), PAST, by_moment("updated_at")),
)

MOVE_FILTERS = FilterSet.of(
    FilterField("reason", gettext_lazy("Why"), CHOICE, among("reason", codes(MOVES)), labels(MOVES)),
    FilterField("at", gettext_lazy("When"), PAST, by_moment("at")),
)


def _open_today() -> Q:
    day = clock.today()
    return Q(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day), published=True)


CATALOGUE_FILTERS = FilterSet.of(
    FilterField("published", gettext_lazy("Published"), ("is",), yes_or_no(lambda: Q(published=True)), labels(YES_NO)),
    FilterField("open", gettext_lazy("Open today"), ("is",), yes_or_no(_open_today), labels(YES_NO)),
    FilterField("company", gettext_lazy("Company"), CHOICE, _coded("company"), names_of(SellingCompany)),
    FilterField("code", gettext_lazy("Code"), ("is", "contains"), words_in("code")),
)
SETUP_FILTERS = FilterSet.of(
    FilterField("active", gettext_lazy("In use"), ("is",), yes_or_no(lambda: Q(active=True)), labels(YES_NO)),
    FilterField("code", gettext_lazy("Code"), ("is", "contains"), words_in("code")),
)
