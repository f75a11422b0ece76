"""What imports look like at the REST API, coming and going."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.lists import PageParams
from filo.foundation.rest.schemas import Body, Shape

Kind = Literal["organisations", "people", "parties", "products", "orders"]
Mode = Literal["upsert", "create", "update"]
Conflict = Literal["file", "fill", "hand", "ask"]
Outcome = Literal["created", "updated", "unchanged", "rejected"]


class ImportForm(Body):
    """How the file that is sent along is to come in. `kind` is guessed when it is not given."""

    kind: Kind | Literal[""] = ""
    mode: Mode = "upsert"
    conflict: Conflict | Literal[""] = Field(
        "",
        description="Where the file says otherwise than a card: the file wins, it only fills what is empty, what "
        "people wrote by hand stays, or ask. As with the mapping, or file, if not given.",
    )
    keys: str = Field(
        "",
        max_length=300,
        description="By what rows are recognised, in this order, parted by commas: party (Filo ID), identity (code of "
        "another system), email, phone, vat_number, codice_fiscale, name_city, name, fields.CODE, filo (as Filo does "
        "it by itself). As Filo does it, if not given.",
    )
    make_firms: bool = Field(True, description="Make the firms that people name and that are not here yet.")
    mapping: str = Field("", max_length=80, description="The name of a kept mapping of columns.")
    program: str = Field("", max_length=40, description="Whose export it is: hubspot, salesforce, odoo, …")
    sheet: str = Field("", max_length=200, description="The sheet of a workbook; the largest if not given.")
    dry_run: bool = Field(False, description="Only find out what would happen: see `trial`.")


class ColumnShape(Shape):
    """A column and what it means; an empty `field` stays in the stored row. `format` says how its cells are read."""

    header: str
    field: str
    format: str


class ImportShape(Shape):
    """A file on its way in. `rate` is in rows a second; `trial` tells what would happen, once that is known;
    `times` are the seconds that each kind of work took. `program` is whose export it is (hubspot, odoo, …) where
    that was seen.

    `keys` are those by which rows are recognised, none as Filo does it. `firms` counts those that were made because
    people name them: they are no rows.

    `kept` counts the values that stayed although the file says otherwise, by the rule `conflict`.

    Of the last undoing, or bringing in again, `turned` is how many rows it dealt with and `left` how many it left,
    because somebody has worked with them since.
    """

    id: UUID
    file_name: str
    kind: Kind
    mode: Mode
    conflict: Conflict
    keys: list[str]
    make_firms: bool
    source: str
    format: str
    sheet: str
    program: str
    state: Literal["draft", "ready", "running", "done", "cancelled", "failed", "back", "undone", "again"]
    error: str
    columns: list[ColumnShape]
    total: int
    done: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    duplicates: int
    with_warnings: int
    kept: int
    firms: int
    seconds: float
    rate: float | None
    seconds_left: float | None
    times: dict[str, float]
    turned: int
    left: int
    trial: dict[str, Any] | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class ImportList(Shape):
    """A page of imports."""

    items: list[ImportShape]
    next: str | None
    count: int
    count_is_exact: bool


class ProblemShape(Shape):
    """What was wrong in a column."""

    column: str
    sentence: str


class RowShape(Shape):
    """A row of the file, numbered as in a spreadsheet, and what became of it. `party` is null when unseen.

    `recognised_by` is the key by which it was found here. `left` says why it was not taken back with the rest.
    """

    number: int
    outcome: Outcome
    party: UUID | None
    recognised_by: str
    cells: list[str]
    problems: list[ProblemShape]
    left: str


class RowList(Shape):
    """A page of rows."""

    items: list[RowShape]
    next: str | None
    count: int
    count_is_exact: bool


class RowParams(PageParams):
    """Which rows."""

    outcome: Outcome | Literal[""] = ""
