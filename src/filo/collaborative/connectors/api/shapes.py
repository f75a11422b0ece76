"""What back offices look like at the REST API, coming and going. A key is written and never read out."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.lists import PageParams
from filo.foundation.rest.schemas import Body, Shape, Whole, YesNo

Subject = Literal["items", "prices", "discounts", "stock", "orders", "invoices"]
Owner = Literal["theirs", "ours", "ask"]
GIVEN = "What its kind has to know: `folder` of a csv-folder, `address` of a rest."
KEY = "Its key: kept sealed and never read out. Left out, the one that is kept stays."


class BackOfficeChange(Body):
    """What changes of a back office; `given` is all of it."""

    name: str = Field("", max_length=120)
    code: str = Field("", max_length=40, pattern=r"^[-a-zA-Z0-9_]*$")
    company: str = Field("", description="The selling company that it belongs to, by its code; empty: to all.")
    every_minutes: Whole = Field(15, description="How often it is looked at, 1 to 1440.")
    given: dict[str, str] = Field(default_factory=dict, max_length=10, description=GIVEN)
    secret: str = Field("", max_length=500, description=KEY)


class BackOfficeBody(BackOfficeChange):
    """A back office; every usual subject is exchanged from now on."""

    kind: str = Field(max_length=20, description="csv-folder or rest.")
    name: str = Field(max_length=120)
    code: str = Field(max_length=40, pattern=r"^[-a-zA-Z0-9_]+$")


class RunShape(Shape):
    """A look at a back office: rows_in = created + updated + unchanged + rejected."""

    id: UUID
    subject: str
    how: Literal["schedule", "hand", "webhook"]
    state: Literal["running", "done", "failed"]
    started_at: datetime
    ended_at: datetime | None
    rows_in: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    conflicts: int
    rows_out: int
    because: str


class SubjectStanding(Shape):
    """How one subject stands. as_of: how old what the back office said last is; late: it was not reached, or has said
    nothing for a day.
    """

    subject: str
    label: str
    active: bool
    as_of: datetime | None
    late: bool
    open_conflicts: int
    open_rejected: int
    last_run: RunShape | None


class BackOfficeShape(Shape):
    """A back office and how it stands. failures: how often in a row it was not reached, and because of what."""

    id: UUID
    code: str
    name: str
    kind: str
    company: str
    active: bool
    every_minutes: int
    given: dict[str, str]
    has_secret: bool
    next_at: datetime | None
    last_ok_at: datetime | None
    failures: int
    failed_because: str
    open_conflicts: int
    open_rejected: int
    subjects: list[SubjectStanding]
    created_at: datetime
    version: int


class BackOfficeList(Shape):
    """A page of back offices."""

    items: list[BackOfficeShape]
    next: str | None
    count: int
    count_is_exact: bool


class RunList(Shape):
    """Looks at a back office, the latest first."""

    items: list[RunShape]
    next: str | None
    count: int
    count_is_exact: bool


class BegunShape(Shape):
    """The job that exchanges: how far it is stands at `/jobs/{job}`, what came of it at `runs`."""

    job: UUID
    state: str


class TriedShape(Shape):
    """What was found, in a sentence."""

    found: str


class FieldShape(Shape):
    """A field: the column it comes from, if that was set, and whose value holds."""

    name: str
    label: str
    kind: Literal["text", "number", "yes-no"]
    is_key: bool
    column: str
    owner: Owner


class ExchangeShape(Shape):
    """What is exchanged of one subject, from which columns, and whose values hold."""

    subject: str
    label: str
    active: bool
    columns: dict[str, str]
    owners: dict[str, Owner]
    fields: list[FieldShape]
    as_of: datetime | None
    version: int


class ExchangeChange(Body):
    """What changes. columns: `{their column: our field}`, all of them; owners: those that are not as usual."""

    active: YesNo = True
    columns: dict[str, str] = Field(default_factory=dict, max_length=100)
    owners: dict[str, Owner] = Field(default_factory=dict, max_length=100)


class ExchangedRowShape(Shape):
    """A row: what both sides knew last, and what Filo says now. Of what Filo has no more, or one may not see: null."""

    key: str
    label: str
    known: dict[str, str] | None
    ours: dict[str, str] | None
    seen_at: datetime


class ExchangedRowList(Shape):
    """A page of rows, by their keys."""

    items: list[ExchangedRowShape]
    next: str | None
    count: int
    count_is_exact: bool


class ExchangedRowParams(PageParams):
    """Which rows."""

    q: str = Field("", max_length=120, description="The beginning of a key.")


class RejectedShape(Shape):
    """A row that was refused, with the sentence why; put away, or taken later, it has an `ended_at`."""

    id: UUID
    back_office: UUID
    subject: str
    key: str
    row: dict[str, str | None]
    because: str
    source: str
    at: datetime
    ended_at: datetime | None


class RejectedList(Shape):
    """A page of refused rows, the latest first."""

    items: list[RejectedShape]
    next: str | None
    count: int
    count_is_exact: bool


class FiguresShape(Shape):
    """How many rows a side has, and the sums of their numbers."""

    count: int
    sums: dict[str, str]


class SidesShape(Shape):
    """Our value and theirs."""

    ours: str
    theirs: str


class DifferingShape(Shape):
    """A key whose rows are not the same; only: the side that has it, empty where both do."""

    key: str
    only: Literal["", "ours", "theirs"]
    fields: dict[str, SidesShape]


class ReconciledShape(Shape):
    """Both sides compared. told: whether the back office tells all that it has; without that the rest is empty.

    differing: the first 200 of `count_differing` keys.
    """

    told: bool
    agree: bool
    ours: FiguresShape | None
    theirs: FiguresShape | None
    count_differing: int
    differing: list[DifferingShape]


class ConflictParams(PageParams):
    """Which disagreements."""

    state: Literal["open", "ours", "theirs", "gone"] = Field("open", description="Those that are so.")
    back_office: UUID | None = Field(None, description="Only those with this one.")
    subject: Subject | None = Field(None, description="Only those about this.")


class ConflictShape(Shape):
    """A value on which both sides disagree; before: what both knew last."""

    id: UUID
    back_office: UUID
    subject: str
    key: str
    label: str
    field: str
    before: str
    ours: str
    theirs: str
    at: datetime
    state: Literal["open", "ours", "theirs", "gone"]
    decided_by: UUID | None
    decided_at: datetime | None


class ConflictList(Shape):
    """A page of disagreements, the latest first."""

    items: list[ConflictShape]
    next: str | None
    count: int
    count_is_exact: bool


class SettleBody(Body):
    """Whose value holds."""

    whose: Literal["ours", "theirs"]


class RowsBody(Body):
    """Rows under the back office's own column names."""

    subject: Subject
    items: list[dict[str, object]] = Field(max_length=500)


class RunShown(Shape):
    """What became of the rows: in = created + updated + unchanged + rejected."""

    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    conflicts: int
    as_of: datetime | None
