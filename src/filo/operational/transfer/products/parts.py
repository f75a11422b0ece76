"""The rows of a file of products come in, part by part: the rows of one product always together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from filo.foundation.access.principal import Principal
from filo.operational.parties.services.arrivals import RelationshipSpec
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.models import ImportBatch, ImportRow
from filo.operational.transfer.part import Outcome, Part
from filo.operational.transfer.products.bringing import bring_group
from filo.operational.transfer.products.columns import meant
from filo.operational.transfer.products.reading import Table
from filo.operational.transfer.products.report import Report
from filo.operational.transfer.products.rows import Row, groups_of
from filo.operational.transfer.reading import Shape, read_rows

AT_ONCE = 100  # products
MACHINES = ("sheet", "json")  # in these a program wrote the numbers
Cells = dict[int, list[str]]


@dataclass(frozen=True)
class Group:
    """Products with their rows; what the file itself shows to be wrong: the code stands twice, or is missing."""

    products: list[list[Row]]
    report: Report


def parts(path: Path, batch: ImportBatch, shape: Shape, columns: Sequence[Column]) -> Iterator[Part]:
    """All of the file is read, since a parent may stand anywhere; what came in before is left out."""
    rows = list(read_rows(path, shape))
    done = set(ImportRow.objects.filter(batch=batch.pk).values_list("number", flat=True)) if batch.position else set()
    cells: Cells = dict(rows)
    report = Report()
    of_a_sheet = batch.format in MACHINES
    groups = groups_of(Table(list(shape.headers), rows), report, meant(columns), of_a_sheet=of_a_sheet)
    wrong = [(number, cells[number]) for number in sorted(report.outcomes) if number not in done]
    if wrong:
        yield Part(wrong, Group([], report))
    left = [group for group in groups if group[0].number not in done]
    for first in range(0, len(left), AT_ONCE):
        products = left[first : first + AT_ONCE]
        numbers = sorted({row.number for group in products for row in group})
        yield Part([(number, cells[number]) for number in numbers], Group(products, Report()))


def bring(
    principal: Principal,
    batch: ImportBatch,
    part: Part,
    _columns: Sequence[Column],
    _spec: RelationshipSpec | None,
) -> list[Outcome]:
    """Bring in the products of a part; what is wrong with one leaves the others."""
    known: Group = part.known
    report = deepcopy(known.report)  # tried again it begins as it began
    skus = {row.number: row.sku or row.product for group in known.products for row in group}
    for group in known.products:
        bring_group(principal, group, report, batch.mode, show_new=batch.show_new)
    said: dict[int, list[dict[str, str]]] = {}
    for problem in (*report.problems, *report.notes):
        told = {"column": problem["column"], "sentence": problem["sentence"]}
        said.setdefault(problem["number"], []).append(told)
    return [
        Outcome(
            number,
            cells,
            report.outcomes[number],
            skus.get(number, ""),
            report.products.get(number),
            problems=said.get(number, []),
        )
        for number, cells in part.rows
    ]
