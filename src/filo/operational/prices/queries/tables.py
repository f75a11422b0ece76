"""A price list as a table: what it is about in rows, its tiers side by side."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.organisation.models import ProductLine
from filo.operational.catalogue.models import Product, Variant
from filo.operational.prices.models import PriceList, PriceRule
from filo.operational.prices.queries.cells import Cell, ListTable, TableRow
from filo.operational.prices.typed import cell_words

SIZE = 60
# So many tiers fit side by side.
MOST_TIERS = 8


def seen_list(principal: Principal, list_id: UUID) -> PriceList:
    """A list one may see. Raises `NotFound`."""
    found = PriceList.objects.visible_to(principal).for_list().filter(pk=list_id).first()
    if found is None:
        raise NotFound
    return found


def lists_seen(principal: Principal, text: str = "", *, active: bool | None = None) -> QuerySet[PriceList]:
    """The lists one may see, with how many lines they have; by name, those in use first."""
    found = PriceList.objects.visible_to(principal).for_list()
    if text:
        found = found.filter(Q(name__icontains=text) | Q(code__icontains=text) | Q(customer_class__icontains=text))
    if active is not None:
        found = found.filter(active=active)
    return found.annotate(lines=Count("rules")).order_by("-active", "name", "id")


def table_of(found: PriceList, *, text: str = "", page: int = 1, against: PriceList | None = None) -> ListTable:
    """A page of a list, the general lines first, then by article; `against`: another list to compare with."""
    rules = PriceRule.objects.filter(list=found, valid_from=None)
    if text:
        named = Q(variant__sku__icontains=text) | Q(variant__product__name__icontains=text)
        rules = rules.filter(named | Q(product__name__icontains=text) | Q(category__icontains=text))
    abouts = list(rules.order_by("about").values_list("about", flat=True).distinct())
    pages = max(1, -(-len(abouts) // SIZE))
    page = min(max(page, 1), pages)
    chosen = abouts[(page - 1) * SIZE : page * SIZE]
    starts = PriceRule.objects.filter(list=found, valid_from=None).order_by("min_quantity")
    tiers = list(starts.values_list("min_quantity", flat=True).distinct()[:MOST_TIERS]) or [Decimal(1)]
    rows = _rows(list(rules.filter(about__in=chosen).select_related("line")), tiers)
    if against is not None:
        _compare(rows, against)
    return ListTable(tiers, rows, page, pages, len(abouts))


def _rows(rules: list[PriceRule], tiers: list[Decimal]) -> list[TableRow]:
    names = _labels(rules)
    there = {(rule.about, rule.min_quantity): rule for rule in rules}
    rows = []
    for about in dict.fromkeys(rule.about for rule in rules):
        row = names[about]
        for start in tiers:
            rule = there.get((about, start))
            text = cell_words(rule.means, rule.value) if rule else ""
            row.cells.append(Cell(f"{about}|{start.normalize():f}|", start, text, rule))
        rows.append(row)
    return sorted(rows, key=lambda row: (row.about[:1] == "v", row.about[:1] == "p", row.label, row.code))


def _labels(rules: list[PriceRule]) -> dict[str, TableRow]:
    variants = Variant.objects.select_related("product").in_bulk([r.variant_id for r in rules if r.variant_id])
    products = Product.objects.in_bulk([rule.product_id for rule in rules if rule.product_id])
    found: dict[str, TableRow] = {}
    for rule in rules:
        if rule.variant_id:
            variant = variants[rule.variant_id]
            name = ", ".join(part for part in (variant.product.name, variant.told) if part)
            address = f"/products/{variant.product_id}"
            found[rule.about] = TableRow(rule.about, name, variant.sku, address, variant.price)
        elif rule.product_id:
            product = products[rule.product_id]
            found[rule.about] = TableRow(rule.about, product.name, product.code, f"/products/{product.pk}")
        elif rule.category:
            found[rule.about] = TableRow(rule.about, _("Category: %(name)s") % {"name": rule.category})
        elif rule.line:
            found[rule.about] = TableRow(rule.about, _("Product line: %(name)s") % {"name": rule.line.name})
        else:
            found[rule.about] = TableRow(rule.about, _("Everything"))
    return found


def _compare(rows: list[TableRow], other: PriceList) -> None:
    """What the other list says of the same at its lowest tier, and how much more or less this one asks in percent."""
    rules = PriceRule.objects.filter(list=other, about__in=[row.about for row in rows], means="price")
    lowest: dict[str, Decimal] = {}
    for rule in rules.order_by("min_quantity"):
        lowest.setdefault(rule.about, rule.value)
    for row in rows:
        row.other = lowest.get(row.about, row.base)
        mine = next((cell.rule.value for cell in row.cells if cell.rule and cell.rule.means == "price"), None)
        if mine is not None and row.other:
            row.change = ((mine - row.other) * 100 / row.other).quantize(Decimal("0.1"))


def of_product(principal: Principal, product: Product) -> list[tuple[PriceList, list[PriceRule]]]:
    """What the lists one sees say of a product and its variants, by list."""
    lists = {one.pk: one for one in PriceList.objects.visible_to(principal).for_list().filter(active=True)}
    rules = PriceRule.objects.filter(Q(variant__product=product) | Q(product=product), list__in=lists)
    found: dict[UUID, list[PriceRule]] = {}
    for rule in rules.select_related("variant").order_by("variant__position", "min_quantity"):
        found.setdefault(rule.list_id, []).append(rule)
    return sorted(((lists[pk], rows) for pk, rows in found.items()), key=lambda pair: pair[0].name)


def lines_known() -> QuerySet[ProductLine]:
    """The product lines that rules may be about."""
    return ProductLine.objects.all()


def holds_on(found: PriceList, day: date) -> bool:
    """Whether it is in use on a day."""
    since, until = found.valid_from, found.valid_to
    return found.active and (since is None or since <= day) and (until is None or day <= until)
