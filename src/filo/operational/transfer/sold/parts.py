"""The rows of a file of what was sold become past orders, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.operational.catalogue.models import Variant
from filo.operational.catalogue.queries.searching import folded_sku
from filo.operational.parties.services.arrivals import RelationshipSpec
from filo.operational.past.drafts import PastLineDraft, PastOrderDraft
from filo.operational.past.queries.finding import known_orders
from filo.operational.past.services.arriving import add_past_lines, keep_past_orders
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.part import Outcome, Part
from filo.operational.transfer.planning import CREATED, REJECTED, UNCHANGED
from filo.operational.transfer.reading import Shape, read_rows
from filo.operational.transfer.sold.beside import Beside, beside, doubtful_day, lines_above
from filo.operational.transfer.sold.customers import Customers, who_of
from filo.operational.transfer.sold.reading import WHO, SoldRow, read_sold, said_in
from filo.operational.transfer.sold.whole import TOTAL, whole_order
from filo.operational.transfer.sold.worth import Refused

AT_ONCE = 2_000
Key = tuple[str, int, UUID]
Sold = tuple[SoldRow, PastOrderDraft, PastLineDraft]


def parts(path: Path, batch: ImportBatch, shape: Shape, columns: Sequence[Column]) -> Iterator[Part]:
    """The rows after the last that came in, so many at a time; those before may say who bought."""
    above, note = lines_above(columns), doubtful_day(columns)
    rows: list[tuple[int, list[str]]] = []
    known = Beside()
    for number, cells in read_rows(path, shape):
        told, problem = above(cells), note(cells)
        if number <= batch.position:
            continue
        if len(rows) >= AT_ONCE and (len(rows) >= 2 * AT_ONCE or not _are_of_one_order(rows[-1][1], cells, columns)):
            yield Part(rows, known)
            rows, known = [], Beside()
        rows.append((number, cells))
        known.above |= {number: told} if told else {}
        known.notes |= {number: problem} if problem else {}
    if rows:
        yield Part(rows, known)


def _are_of_one_order(above: Sequence[str], cells: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether a row goes on with the order of the one above: what is told of the whole needs all its lines."""
    number = said_in(cells, columns)[0].get("number", "")
    return bool(number) and number == said_in(above, columns)[0].get("number", "")


def bring(
    principal: Principal, batch: ImportBatch, part: Part, columns: Sequence[Column], spec: RelationshipSpec | None
) -> list[Outcome]:
    """Keep what these rows tell; an order that an earlier import brought stays as it is. `spec`: the company that
    sold, and what customers are to it who are not here yet: customers, since they bought.
    """
    outcomes: dict[int, Outcome] = {}
    if spec is None:
        raise LookupError(batch.kind)
    sold = _read(part, columns, outcomes)
    orders = _orders(Customers(principal, batch, replace(spec, stage="customer")), sold, outcomes)
    company_id = spec.company.pk
    known = known_orders(company_id, {key[0] for key in orders})
    more: dict[UUID, list[PastLineDraft]] = {}
    new: list[tuple[PastOrderDraft, list[SoldRow]]] = []
    wrong: dict[int, dict[str, str]] = {}
    for key, (draft, rows) in orders.items():
        there = known.get(key)
        if there is None and batch.mode != "update":
            wrong |= _made_whole(draft, rows, columns)
            new.append((draft, rows))
        elif there is not None and there.batch == batch.pk:
            more[there.pk] = draft.lines
            _note(outcomes, rows, CREATED, there.pk, draft)
        else:
            _note(outcomes, rows, REJECTED if there is None else UNCHANGED, there.pk if there else None, draft)
    made = keep_past_orders(
        principal, [draft for draft, _rows in new], company_id=company_id, source=batch.source, batch=batch.pk
    )
    for (draft, rows), order in zip(new, made, strict=True):
        _note(outcomes, rows, CREATED, order.pk, draft)
    if more:
        add_past_lines(principal, more)
    for told in (wrong, part.known.notes if part.known else {}):
        for number, problem in told.items():
            outcomes[number].problems = [*outcomes[number].problems, problem]
    return [outcomes[number] for number, _cells in part.rows]


def _made_whole(draft: PastOrderDraft, rows: Sequence[SoldRow], columns: Sequence[Column]) -> dict[int, dict[str, str]]:
    """Add to the lines what is told of the whole order, once or beside each; gives, by row, where it does not add up.
    Lines that stand far from the first of their order add nothing of it.
    """
    said: dict[str, Decimal] = {}
    for row in reversed(rows):
        said |= row.whole
    draft.lines, sentence = whole_order(draft.lines, said, draft.currency)
    header = next((column.header for column in columns if column.field == TOTAL), "")
    return {rows[0].row: {"column": header, "sentence": sentence}} if sentence else {}


def _read(part: Part, columns: Sequence[Column], outcomes: dict[int, Outcome]) -> list[SoldRow]:
    headers = {column.field: column.header for column in reversed(columns)}
    headers["customer"] = next((headers[name] for name in ("customer", *WHO) if name in headers), "")
    known: Beside = part.known or beside(part.rows, columns)
    sold = []
    for number, cells in part.rows:
        try:
            sold.append(read_sold(number, cells, columns, known.above.get(number, {})))
        except Refused as refusal:
            problem = {"column": headers.get(refusal.field, ""), "sentence": str(refusal)}
            outcomes[number] = Outcome(number, cells, REJECTED, problems=[problem])
    return sold


def _orders(
    people: Customers, sold: Sequence[SoldRow], outcomes: dict[int, Outcome]
) -> dict[Key, tuple[PastOrderDraft, list[SoldRow]]]:
    """The lines of each order together, in the order of the file."""
    customers = people.find(row.customer for row in sold)
    variants = _variants({row.line.code for row in sold if row.line.code})
    found: dict[Key, tuple[PastOrderDraft, list[SoldRow]]] = {}
    for row in sold:
        party = customers[who_of(row.customer)]
        if isinstance(party, str):
            problem = {"column": "", "sentence": party}
            outcomes[row.row] = Outcome(row.row, row.cells, REJECTED, row.number, problems=[problem])
            continue
        number = row.number or row.day.isoformat()
        draft, rows = found.setdefault(
            (number, row.day.year, party),
            (PastOrderDraft(number, row.day, party, [], row.is_cancelled, row.currency, row.country), []),
        )
        draft.lines.append(replace(row.line, variant_id=variants.get(folded_sku(row.line.code))))
        rows.append(row)
    return found


def _variants(codes: set[str]) -> dict[str, UUID]:
    """The variants that have these codes, by their folded code."""
    folded = {folded_sku(code) for code in codes}
    rows = Variant.objects.filter(sku_folded__in=folded) if folded else Variant.objects.none()
    return dict(rows.values_list("sku_folded", "pk"))


def _note(
    outcomes: dict[int, Outcome], rows: Sequence[SoldRow], outcome: str, order_id: UUID | None, draft: PastOrderDraft
) -> None:
    for row in rows:
        outcomes[row.row] = Outcome(
            row.row, row.cells, outcome, draft.number, order_id, draft.party_id, problems=_told(outcome)
        )


def _told(outcome: str) -> list[dict[str, str]]:
    if outcome != REJECTED:
        return []
    return [{"column": "", "sentence": _("There is no order with this number, and this import only updates.")}]
