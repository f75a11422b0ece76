"""Rows become products: known by the codes of their variants, each row accounted for, again changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.folding import clean_line, fold
from filo.foundation.ids import uuid7
from filo.foundation.money import ZERO
from filo.foundation.organisation.models import ProductLine, SellingCompany
from filo.operational.catalogue.models import CONDITIONS, STATUSES, UNITS, Product, Stock, StockPlace, Variant, VatClass
from filo.operational.catalogue.quantities import read_number
from filo.operational.catalogue.queries.searching import folded_sku
from filo.operational.catalogue.services.counting import count
from filo.operational.catalogue.services.products import change_product, create_product, set_product_text
from filo.operational.catalogue.services.variants import save_variants
from filo.operational.transfer.products.columns import Meant, recognised
from filo.operational.transfer.products.reading import Table

TAG = re.compile(r"<[^>]{1,500}>")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")  # 1.200 pieces: nobody counts thousandths with their zeros
A_STEP = 100  # products that one transaction brings in


@dataclass
class Report:
    """What became of the rows: each is in one of the four numbers, the rejected ones with a sentence."""

    batch: UUID = field(default_factory=uuid7)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    duplicates: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    outcomes: dict[int, str] = field(default_factory=dict)
    products: dict[int, UUID] = field(default_factory=dict)

    def reject(self, number: int, sentence: str) -> None:
        """A row that is not taken in, and why."""
        self.note(number, "rejected")
        self.problems.append({"number": number, "column": "", "sentence": sentence})

    def note(self, number: int, outcome: str, product: UUID | None = None) -> None:
        """What became of a row, and which product it went into."""
        setattr(self, outcome, getattr(self, outcome) + 1)
        self.outcomes[number] = outcome
        if product is not None:
            self.products[number] = product


@dataclass
class Row:
    """A row in our words."""

    number: int
    sku: str
    product: str
    cells: dict[str, str]
    values: dict[str, str]


def bring_in(
    principal: Principal, table: Table, *, mode: str = "upsert", tell: Callable[[int], object] = lambda _done: None
) -> Report:
    """Take in a table of products. Raises `Forbidden`, and `InvalidFields` where no column holds codes or names."""
    principal.require("product", "create")
    report = Report()
    groups = groups_of(table, report, recognised(table.headers))
    done = 0
    for first in range(0, len(groups), A_STEP):
        with one_operation(id=report.batch), transaction.atomic():
            for group in groups[first : first + A_STEP]:
                bring_group(principal, group, report, mode)
                done += len(group)
        tell(done)
    return report


def groups_of(table: Table, report: Report, told: Meant) -> list[list[Row]]:
    """The rows of each product together, in the order of the file; `told` says which column holds what."""
    fields, attributes, numbered = told
    if "sku" not in fields or "name" not in fields:
        raise InvalidFields({"file": _("No column holds codes (SKU) and names: name them so in the first row.")})
    groups: dict[str, list[Row]] = {}
    seen: set[str] = set()
    parents = {row.product for row in _rows(table, fields, attributes, numbered) if row.product}
    for row in _rows(table, fields, attributes, numbered):
        if not row.sku:
            report.reject(row.number, _("The row has no code (SKU)."))
        elif folded_sku(row.sku) in seen:
            report.duplicates += 1
            report.reject(row.number, _("The code %(code)s stands in the file twice.") % {"code": row.sku})
        else:
            seen.add(folded_sku(row.sku))
            is_parent = row.cells.get("type", "").casefold().startswith(("variable", "grouped")) or row.sku in parents
            row.cells["parent"] = "yes" if is_parent else ""
            groups.setdefault(row.product or row.sku, []).append(row)
    return [sorted(group, key=lambda one: not one.cells["parent"]) for group in groups.values()]


def _rows(
    table: Table, fields: dict[str, int], attributes: dict[str, int], numbered: dict[int, dict[str, int]]
) -> Iterator[Row]:
    for number, cells in table.rows:
        told = {name: cells[place].strip() for name, place in fields.items()}
        values = {name: cells[place].strip() for name, place in attributes.items() if cells[place].strip()}
        for pair in numbered.values():
            if len(pair) == 2 and cells[pair["name"]].strip():
                values[cells[pair["name"]].strip()] = cells[pair["value"]].strip()
        for part in told.get("attributes", "").split(";"):
            name, colon, value = part.partition(":")
            if colon and value.strip():
                values[name.strip()] = value.strip()
        yield Row(number, clean_line(told.get("sku", ""), max_length=200), told.get("product", ""), told, values)


def bring_group(
    principal: Principal, group: Sequence[Row], report: Report, mode: str, *, show_new: bool = False
) -> None:
    """One product with its variants; what is wrong with a row leaves the others. show_new: whether customers see a
    new one at once, and not in reserved catalogues only.
    """
    head = group[0]
    own = [row for row in group if not row.cells["parent"]]
    if head.cells["parent"] and len(group) == 1:
        own = [head]  # a parent without variations is a product of its own
    variants = []
    for row in own:
        try:
            variants.append((row, _variant(row)))
        except ValueError as error:
            report.reject(row.number, str(error))
    known = Variant.objects.filter(sku_folded__in=[folded_sku(row.sku) for row in group]).select_related("product")
    products = {one.product_id: one.product for one in known}
    by_code = Product.objects.filter(code__iexact=head.product or head.sku).first()
    if by_code is not None:
        products.setdefault(by_code.pk, by_code)
    if not variants:  # what is left of a parent is told by its variations
        for row in _counted(group, variants):
            report.reject(row.number, _("None of its variations can come in."))
        return
    try:
        with transaction.atomic():
            if not products:
                _create(principal, group, variants, report, mode, show_new=show_new)
            else:
                _update(principal, next(iter(products.values())), group, variants, report, mode)
    except DomainError as error:
        said = (
            [str(one) for found in error.fields.values() for one in found] if isinstance(error, InvalidFields) else []
        )
        for row in _counted(group, variants):
            report.reject(row.number, " ".join(said) or str(error))


def _counted(group: Sequence[Row], variants: Sequence[tuple[Row, dict[str, Any]]]) -> list[Row]:
    """The rows that are still to be accounted for: of variants, and of the parent."""
    taken = [row for row, _facts in variants]
    return [*(row for row in group[:1] if row.cells["parent"] and row not in taken), *taken]


def _create(
    principal: Principal,
    group: Sequence[Row],
    variants: Sequence[tuple[Row, dict[str, Any]]],
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
    product = create_product(principal, facts, variants=[one for _row, one in variants])
    _texts(principal, product, head)
    _stock(principal, variants, product)
    for row in _counted(group, variants):
        report.note(row.number, "created", product.pk)


def _update(
    principal: Principal,
    product: Product,
    group: Sequence[Row],
    variants: Sequence[tuple[Row, dict[str, Any]]],
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
        found["category"] = cells["category"].split(",")[0].split(">")[-1].strip()
    if cells.get("low_at", "").isdigit():
        found["low_at"] = int(cells["low_at"])
    if "virtual" in cells.get("type", ""):
        found["stocked"] = False
    return found | _chosen(cells)


def _chosen(cells: dict[str, str]) -> dict[str, Any]:
    """What is one of some: units, conditions, VAT classes, lines, companies; what is none of them is not said."""
    found: dict[str, Any] = {}
    for name, choices in (("unit", UNITS), ("condition", CONDITIONS), ("status", STATUSES)):
        if (code := _choice(cells.get(name, ""), choices)) is not None:
            found[name] = code
    if cells.get("vat") and (vat := _vat(cells["vat"])) is not None:
        found["vat_id"] = vat.pk
    models: tuple[tuple[str, Any], ...] = (("line", ProductLine), ("company", SellingCompany))
    for name, model in models:
        row = _named(model, cells[name]) if cells.get(name) else None
        if row is not None:
            found[f"{name}_id"] = row.pk
    return found


def _named(model: Any, text: str) -> Any:
    return model.objects.filter(code__iexact=text).first() or model.objects.filter(name__iexact=text).first()


def _choice(text: str, choices: Any) -> str | None:
    wanted = fold(text)
    if choices is STATUSES and wanted in ("1", "0", "-1"):
        return "active" if wanted == "1" else "draft"
    return next((code for code, label in choices if wanted and wanted in (fold(code), fold(str(label)))), None)


def _vat(text: str) -> VatClass | None:
    found = VatClass.objects.filter(code__iexact=text).first() or VatClass.objects.filter(name__iexact=text).first()
    number = NUMBER.search(text)
    if found is None and number:
        rate = Decimal(number[0].replace(",", "."))
        found = VatClass.objects.filter(rate=rate, nature="").first() if rate else None
    return found


def _variant(row: Row) -> dict[str, Any]:
    """What a row says of its variant. Raises ValueError with the sentence that tells what is wrong."""
    found: dict[str, Any] = {"sku": row.sku, "values": row.values}
    for name in ("price", "cost", "weight"):
        text = row.cells.get(name, "")
        if not text:
            continue
        try:
            found[name] = read_number(text)
        except ValueError:
            raise ValueError(_("“%(text)s” is not a number (%(sku)s).") % {"text": text, "sku": row.sku}) from None
        if found[name] < 0:
            raise ValueError(_("A price, a cost or a weight cannot be negative (%(sku)s).") % {"sku": row.sku})
    if row.cells.get("barcode"):
        found["barcode"] = row.cells["barcode"]
    if row.cells.get("active"):
        found["active"] = fold(row.cells["active"]) in ("1", "yes", "si", "true", "x")
    return found


def _texts(principal: Principal, product: Product, head: Row) -> Product:
    if not head.cells.get("name_en"):
        return product
    said = head.cells.get("description_en", "")
    return set_product_text(principal, product, "en", name=head.cells["name_en"], description=said)


def _stock(principal: Principal, variants: Sequence[tuple[Row, dict[str, Any]]], product: Product) -> set[int]:
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
        number = _counted_number(row.cells.get("stock", ""))
        if number is None:
            continue
        variant, place = ids[folded_sku(row.sku)], row.cells.get("place", "")
        found = _named(StockPlace, place).pk if place and _named(StockPlace, place) else _place_of(there.get(variant))
        others = ZERO if place else sum(there.get(variant, {}).values(), ZERO) - there.get(variant, {}).get(found, ZERO)
        if found is not None and number >= others:
            wanted[variant] = (row.number, found, number - others)
    lines = [(variant, place, number) for variant, (_row, place, number) in wanted.items()]
    return {wanted[one.variant_id][0] for one in count(principal, lines, reason="import")} if lines else set()


def _place_of(there: dict[UUID, Decimal] | None) -> Any:
    """The first place in which it lies; the first of all where it lies nowhere."""
    lies = next((place for place, number in (there or {}).items() if number), None)
    first = StockPlace.objects.filter(active=True).values_list("pk", flat=True).first() if lies is None else None
    return lies or first


def _counted_number(text: str) -> Decimal | None:
    """How many a cell says; None for nothing, and for what is no number of things."""
    try:
        number = read_number(text.replace(".", "") if THOUSANDS.fullmatch(text) else text) if text else None
    except ValueError:
        return None
    return number if number is not None and number >= 0 else None
