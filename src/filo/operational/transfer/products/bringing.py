"""Rows become products: known by the codes of their variants, each row accounted for, again changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.folding import fold
from filo.foundation.money import ZERO
from filo.foundation.organisation.models import ProductLine, SellingCompany
from filo.operational.catalogue.models import Product, Stock, StockPlace, Variant
from filo.operational.catalogue.queries.searching import folded_sku
from filo.operational.catalogue.services.counting import count
from filo.operational.catalogue.services.fetching import want_pictures
from filo.operational.catalogue.services.products import change_product, create_product, set_product_text
from filo.operational.catalogue.services.variants import save_variants
from filo.operational.transfer.products.choices import condition_of, named, status_of, unit_of, vat_of
from filo.operational.transfer.products.columns import recognised
from filo.operational.transfer.products.facts import YES
from filo.operational.transfer.products.pictures import pictures_of
from filo.operational.transfer.products.reading import Table
from filo.operational.transfer.products.report import Report
from filo.operational.transfer.products.rows import PARENT, VARIANT, Row, groups_of

TAG = re.compile(r"<[^>]{1,500}>")
HIDDEN = ("hidden", "nascosto", "none", "not visible individually")
NOT_STOCKED = re.compile(r"virtual|\bservizio\b|senza magazzino")
ROOT = "Default Category/"
A_STEP = 100  # products that one transaction brings in
Taken = tuple[Row, dict[str, Any]]  # a row, and what is written of its variant


def bring_in(
    principal: Principal, table: Table, *, mode: str = "upsert", tell: Callable[[int], object] = lambda _done: None
) -> Report:
    """Take in a table of products. Raises `Forbidden`, and `InvalidFields` where no column holds codes or names."""
    principal.require("product", "create")
    report = Report()
    told = recognised(
        table.headers, lambda place: [cells[place] for _number, cells in table.rows[:200] if cells[place]]
    )
    groups = groups_of(table, report, told)
    done = 0
    for first in range(0, len(groups), A_STEP):
        with one_operation(id=report.batch), transaction.atomic():
            for group in groups[first : first + A_STEP]:
                bring_group(principal, group, report, mode)
                done += len(group)
        tell(done)
    return report


def bring_group(
    principal: Principal, group: Sequence[Row], report: Report, mode: str, *, show_new: bool = False
) -> None:
    """One product with its variants; what is wrong with a row leaves the others. show_new: whether customers see a
    new one at once, and not in reserved catalogues only.
    """
    own = _own(group, report)
    product = _known(group)
    variants = [(row, _variant(row)) for row in _as_known(product, own)]
    if not variants:  # what is left of a parent is told by its variations
        for row in _counted(group, variants):
            report.reject(row.number, _("None of its variations can come in."))
        return
    try:
        with transaction.atomic():
            if product is None:
                _create(principal, group, variants, report, mode, show_new=show_new)
            else:
                _update(principal, product, group, variants, report, mode)
    except DomainError as error:
        said = (
            [str(one) for found in error.fields.values() for one in found] if isinstance(error, InvalidFields) else []
        )
        for row in _counted(group, variants):
            report.reject(row.number, " ".join(said) or str(error))


def _own(group: Sequence[Row], report: Report) -> list[Row]:
    """The rows that become variants; what is wrong with the others, and what else is told of all, is reported."""
    own = [row for row in group if row.kind == VARIANT]
    if group[0].kind == PARENT and not own:
        own = [group[0]]  # a parent without variations is a product of its own
    for row in group:
        for column, sentence in row.notes:
            report.tell(row.number, column, sentence)
    for row in own:
        if row.refusal:
            report.reject(row.number, row.refusal)
    return [row for row in own if not row.refusal]


def _known(group: Sequence[Row]) -> Product | None:
    """The product that has one of these codes already."""
    known = Variant.objects.filter(sku_folded__in=[folded_sku(row.sku) for row in group if row.sku])
    found = known.select_related("product").first()
    if found is not None:
        return found.product
    return Product.objects.filter(code__iexact=group[0].product or group[0].sku).first()


def _as_known(product: Product | None, own: Sequence[Row]) -> list[Row]:
    """Rows whose code was made of their values keep the code that the variant with these values has already."""
    made = [row for row in own if row.is_derived]
    if product is not None and made:
        known = {tuple(sorted(one.values.items())): one.sku for one in Variant.objects.filter(product=product)}
        for row in made:
            row.sku = known.get(tuple(sorted(row.values.items())), row.sku)
    return list(own)


def _counted(group: Sequence[Row], variants: Sequence[Taken]) -> list[Row]:
    """The rows that are still to be accounted for: of variants, of the parent, and of what stands beside them."""
    taken = [row for row, _facts in variants]
    return [*(row for row in group if row.kind != VARIANT and row not in taken), *taken]


def _create(
    principal: Principal,
    group: Sequence[Row],
    variants: Sequence[Taken],
    report: Report,
    mode: str,
    *,
    show_new: bool,
) -> None:
    if mode == "update":
        for row in _counted(group, variants):
            report.reject(row.number, _("There is no product with the code %(code)s.") % {"code": row.sku})
        return
    head = group[0]
    facts = _facts(head) | {"code": (head.product or head.sku)[:60], "reserved": not show_new}
    facts["attributes"] = list(dict.fromkeys(name for _row, one in variants for name in one["values"]))[:6]
    if _is_not_counted(row for row, _one in variants):
        facts["stocked"] = False
    product = create_product(principal, facts, variants=[one for _row, one in variants])
    _texts(principal, product, head)
    _stock(principal, variants, product)
    _want(principal, product, group, report)
    for row in _counted(group, variants):
        report.note(row.number, "created", product.pk)


def _update(
    principal: Principal,
    product: Product,
    group: Sequence[Row],
    variants: Sequence[Taken],
    report: Report,
    mode: str,
) -> None:
    rows = _counted(group, variants)
    if mode == "create":
        for row in rows:
            report.reject(row.number, _("The code %(code)s is there already.") % {"code": row.sku})
        return
    before = product.version
    names = [*product.attributes, *(name for _row, one in variants for name in one["values"])]
    facts = _facts(group[0]) | {"attributes": list(dict.fromkeys(names))[:6]}
    now = change_product(principal, product, facts)
    changed = set()
    for row, one in variants:
        version = now.version
        now = save_variants(principal, now, [one])
        if now.version != version:
            changed.add(row.number)
    now = _texts(principal, now, group[0])
    changed |= _stock(principal, variants, now)
    _want(principal, now, group, report)
    all_changed = now.version != before and not changed
    for row in rows:
        report.note(row.number, "updated" if row.number in changed or all_changed else "unchanged", product.pk)


def _facts(head: Row) -> dict[str, Any]:
    """What a row says of its product; what it does not say is left as it is."""
    cells = head.cells
    texts = {name: cells[name] for name in ("name", "brand", "description") if cells.get(name)}
    texts.setdefault("description", cells.get("short", ""))
    found: dict[str, Any] = {
        name: TAG.sub("", text.replace("\\n", "\n")) for name, text in texts.items() if text.strip()
    }
    if cells.get("category"):
        found["category"] = _category(cells["category"])
    if cells.get("low_at", "").isdigit():
        found["low_at"] = int(cells["low_at"])
    if NOT_STOCKED.search(cells.get("type", "").casefold()):
        found["stocked"] = False
    if (status := _status(cells)) is not None:
        found["status"] = status
    return found | _chosen(cells)


def _category(text: str) -> str:
    """The last of its levels, of several the first; Magento has all below one, and the deepest last."""
    if text.startswith(ROOT):
        return text.split(",")[-1].split("/")[-1].strip()
    return re.split(r"[,;]", text)[0].split(">")[-1].strip()


def _is_not_counted(rows: Iterable[Row]) -> bool:
    """Whether a shop says of all of them that there are some, and of none how many: it does not count them."""
    told = [row.cells for row in rows]
    return all("stock" in cells and not cells["stock"] and fold(cells.get("available", "")) in YES for cells in told)


def _status(cells: Mapping[str, str]) -> str | None:
    """What is shown to customers: what is on sale, published, and not hidden; None where the file says nothing."""
    if fold(cells.get("discontinued", "")) in YES:
        return "retired"
    status = status_of(cells.get("status", ""))
    published = cells.get("published", "")
    if published and status in (None, "active"):
        status = "active" if fold(published) in YES and not published.strip().startswith("-") else "draft"
    if fold(cells.get("visibility", "")) in HIDDEN and status in (None, "active"):
        status = "draft"
    return status


def _chosen(cells: dict[str, str]) -> dict[str, Any]:
    """What is one of some: units, conditions, VAT classes, lines, companies; what is none of them is not said."""
    found: dict[str, Any] = {}
    for name, code in (
        ("unit", unit_of(cells.get("unit", ""))),
        ("condition", condition_of(cells.get("condition", ""))),
    ):
        if code is not None:
            found[name] = code
    if cells.get("vat") and (vat := vat_of(cells["vat"])) is not None:
        found["vat_id"] = vat.pk
    models: tuple[tuple[str, Any], ...] = (("line", ProductLine), ("company", SellingCompany))
    for name, model in models:
        row = named(model, cells[name]) if cells.get(name) else None
        if row is not None:
            found[f"{name}_id"] = row.pk
    return found


def _variant(row: Row) -> dict[str, Any]:
    """What is written of the variant of a row."""
    values = {} if row.kind == PARENT else row.values
    return {"sku": row.sku, "values": values, **row.facts}


def _texts(principal: Principal, product: Product, head: Row) -> Product:
    if not head.cells.get("name_en"):
        return product
    said = head.cells.get("description_en", "")
    return set_product_text(principal, product, "en", name=head.cells["name_en"], description=said)


def _want(principal: Principal, product: Product, group: Sequence[Row], report: Report) -> None:
    """Have the pictures fetched that the rows name; who may make products only does without."""
    wanted = pictures_of(group)
    if wanted and not principal.may("product", "edit"):
        report.tell(group[0].number, "", _("Pictures do not come in: you may make products, and not change them."))
        return
    want_pictures(principal, product, wanted)


def _stock(principal: Principal, variants: Sequence[Taken], product: Product) -> set[int]:
    """What is in stock, in the place that is named; without one it is the sum of all places, and what differs from
    it is put right where the variant lies, or in the first place. Gives the numbers of the rows that differed.
    """
    if not product.stocked:
        return set()
    ids = {one.sku_folded: one.pk for one in Variant.objects.filter(product=product)}
    there: dict[UUID, dict[UUID, Decimal]] = {}
    for stock in Stock.objects.filter(variant__in=ids.values(), place__active=True).order_by("place__position"):
        there.setdefault(stock.variant_id, {})[stock.place_id] = stock.on_hand
    wanted: dict[UUID, tuple[int, UUID, Decimal]] = {}
    for row, _one in variants:
        if (number := row.stock) is None:
            continue
        variant, place = ids[folded_sku(row.sku)], row.cells.get("place", "")
        known = named(StockPlace, place) if place else None
        found = known.pk if known else _place_of(there.get(variant))
        others = ZERO if known else sum(there.get(variant, {}).values(), ZERO) - there.get(variant, {}).get(found, ZERO)
        if found is not None and number >= others:
            wanted[variant] = (row.number, found, number - others)
    lines = [(variant, place, number) for variant, (_row, place, number) in wanted.items()]
    return {wanted[one.variant_id][0] for one in count(principal, lines, reason="import")} if lines else set()


def _place_of(there: dict[UUID, Decimal] | None) -> Any:
    """The first place in which it lies; the first of all where it lies nowhere."""
    lies = next((place for place, number in (there or {}).items() if number), None)
    first = StockPlace.objects.filter(active=True).values_list("pk", flat=True).first() if lies is None else None
    return lies or first
