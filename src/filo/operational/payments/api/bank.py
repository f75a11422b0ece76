"""Files of banks at the API: taken in, listed, read line by line, and each line settled, put aside or taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile
from pydantic import Field

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.rest.answers import answer, moment
from filo.foundation.rest.lists import ListParams, PageParams, list_answer, listed, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape
from filo.foundation.web.paging import Key, capped_count
from filo.operational.payments.api import telling
from filo.operational.payments.api.shapes import MoneyShape
from filo.operational.payments.bank.reading import MOST_BYTES
from filo.operational.payments.models import BankFile, BankLine, Due, Payment
from filo.operational.payments.queries.lines import Account, accounts_for, lines_found, seen_line
from filo.operational.payments.queries.listing import seen_bank_file, seen_due
from filo.operational.payments.services.banking import (
    accept_lines,
    ignore_line,
    import_bank_file,
    match_line_with,
    reopen_line,
)
from filo.operational.payments.words import LINES_LEFT_OUT

router = Router(tags=["bank-files"])
State = Literal["matched", "proposed", "unknown", "ignored"]
SORTS = {
    "-created": (Key("created_at", descending=True), Key("id", descending=True)),
    "created": (Key("created_at"), Key("id")),
}
BY_PLACE = (Key("position"), Key("id"))


class BankFileForm(Body):
    """A statement of a company's account (CSV or CAMT.053), sent as `multipart/form-data` beside its `file`."""

    company: str = Field(description="A selling company, by its code.")


class RefusedLineShape(Shape):
    """A line of the file that is not among the booked ones. reason: a code, as no-day, no-amount, or balance."""

    number: int
    reason: str


class BankFileShape(Shape):
    """A file and what became of its lines. again: lines that had come in another file already; refused: what could not
    be read; left_out: what books nothing; doubtful_day: one that was read day first, where all of the file could begin
    with the month as well.
    """

    id: UUID
    company: str
    name: str
    at: datetime
    matched: int
    proposed: int
    unknown: int
    ignored: int
    again: int
    refused: list[RefusedLineShape]
    left_out: list[RefusedLineShape]
    doubtful_day: date | None


class BankFileList(Shape):
    """A page of files."""

    items: list[BankFileShape]
    next: str | None
    count: int
    count_is_exact: bool


class LineProposalShape(Shape):
    """What a line may pay, or pays."""

    due: UUID
    document: str
    left: MoneyShape


class BankLineShape(Shape):
    """A line. proposal: null where nothing fits, or one does not see it; probability: how sure it is, in percent;
    reasons: why, in codes. payment: what was made of it.
    """

    id: UUID
    number: int
    booked_on: date
    sum: MoneyShape
    text: str
    counterparty: str
    iban: str
    state: State
    proposal: LineProposalShape | None
    probability: int
    reasons: list[str]
    payment: UUID | None


class BankLineList(Shape):
    """A page of lines, as they stand in the file."""

    items: list[BankLineShape]
    next: str | None
    count: int
    count_is_exact: bool


class BankLineParams(PageParams):
    """Which lines."""

    state: State | Literal[""] = Field("", description="Only those in a state.")


class AcceptLinesBody(Body):
    """The lines whose proposals are right."""

    lines: list[UUID] = Field(max_length=500)


class AcceptedLinesShape(Shape):
    """How many were matched now; what was matched already, or has no proposal, stays as it is."""

    matched: int


class MatchLineBody(Body):
    """What a line pays."""

    due: UUID


@router.get("/bank-files", response=BankFileList, summary="List files of banks")
def list_bank_files(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The files one sees, the newest first. `q`: words of the name."""
    principal = require(request, "payment", "import")
    found = BankFile.objects.visible_to(principal).select_related("company")
    if asked.q:
        found = found.filter(name__icontains=asked.q.strip())
    page, count = listed(principal, found, asked, sorts=SORTS)
    accounts = accounts_for(page.rows)
    return list_answer([_file(row, accounts[row.pk]) for row in page.rows], page.next, count)


@router.post("/bank-files", response={201: BankFileShape}, summary="Take a file of a bank in")
def add_bank_file(request: ApiRequest, body: Form[BankFileForm], file: File[UploadedFile]) -> HttpResponse:
    """What is beyond doubt is written down, the rest is proposed. The same file again changes nothing and answers with
    what became of it.
    """
    telling.refuse_unknown({*request.POST, *request.FILES} - {"company", "file"})
    principal = require(request, "payment", "import")
    company = telling.company(body.company)
    made = import_bank_file(principal, company, name=file.name or "", content=file.read(MOST_BYTES + 1))
    found = seen_bank_file(principal, made.pk)
    return answer(_one(found), status=201, headers={"Location": f"/api/v1/bank-files/{made.pk}"})


@router.get("/bank-files/{uuid:file_id}", response=BankFileShape, summary="Read a file of a bank")
def get_bank_file(request: ApiRequest, file_id: UUID) -> HttpResponse:
    """What became of its lines: each is in one of these."""
    return answer(_one(seen_bank_file(require(request, "payment", "import"), file_id)))


@router.get("/bank-files/{uuid:file_id}/lines", response=BankLineList, summary="Read the lines of a file of a bank")
def list_bank_lines(request: ApiRequest, file_id: UUID, asked: Query[BankLineParams]) -> HttpResponse:
    """Its lines as they stand in it, with what was recognised and what is proposed."""
    principal = require(request, "payment", "import")
    found = lines_found(seen_bank_file(principal, file_id), asked.state)
    page = page_in(found, BY_PLACE, asked)
    return list_answer(_lines(principal, page.rows), page.next, capped_count(found))


@router.post("/bank-files/{uuid:file_id}/accept", response=AcceptedLinesShape, summary="Accept proposals for lines")
def accept_bank_lines(request: ApiRequest, file_id: UUID, body: AcceptLinesBody) -> dict[str, int]:
    """What is proposed for these lines is right: payments are written down."""
    principal = require(request, "payment", "import")
    return {"matched": accept_lines(principal, seen_bank_file(principal, file_id), body.lines)}


@router.post(
    "/bank-files/{uuid:file_id}/lines/{uuid:line_id}/match", response=BankLineShape, summary="Say what a line pays"
)
def match_bank_line(request: ApiRequest, file_id: UUID, line_id: UUID, body: MatchLineBody) -> HttpResponse:
    """A payment is written down that pays this due first, then the oldest of its customer."""

    def match(principal: Principal, file: BankFile, line_id: UUID) -> None:
        try:
            due = seen_due(principal, body.due)
        except NotFound:
            raise InvalidFields({"due": NotFound.sentence}) from None
        match_line_with(principal, file, line_id, due)

    return _acted(request, file_id, line_id, match)


@router.post(
    "/bank-files/{uuid:file_id}/lines/{uuid:line_id}/ignore", response=BankLineShape, summary="Leave a line aside"
)
def ignore_bank_line(request: ApiRequest, file_id: UUID, line_id: UUID) -> HttpResponse:
    """It is no payment of a customer."""
    return _acted(request, file_id, line_id, ignore_line)


@router.post(
    "/bank-files/{uuid:file_id}/lines/{uuid:line_id}/reopen", response=BankLineShape, summary="Take a line back"
)
def reopen_bank_line(request: ApiRequest, file_id: UUID, line_id: UUID) -> HttpResponse:
    """Not so: its payment is taken back, or it is not left aside any more; it is looked at anew."""
    return _acted(request, file_id, line_id, reopen_line)


def _acted(
    request: ApiRequest, file_id: UUID, line_id: UUID, verb: Callable[[Principal, BankFile, UUID], object]
) -> HttpResponse:
    principal = require(request, "payment", "import")
    file = seen_bank_file(principal, file_id)
    seen_line(file, line_id)
    verb(principal, file, line_id)
    return answer(_lines(principal, [seen_line(file, line_id)])[0])


def _one(file: BankFile) -> dict[str, Any]:
    return _file(file, accounts_for([file])[file.pk])


def _file(file: BankFile, account: Account) -> dict[str, Any]:
    counted = ("matched", "proposed", "unknown", "ignored", "again")
    return {name: getattr(account, name) for name in counted} | {
        "id": file.pk,
        "company": file.company.code,
        "name": file.name,
        "at": moment(file.created_at),
        "refused": [_unread(line) for line in file.refused if line[1] not in LINES_LEFT_OUT],
        "left_out": [_unread(line) for line in file.refused if line[1] in LINES_LEFT_OUT],
        "doubtful_day": file.doubtful_day,
    }


def _unread(line: tuple[int, str]) -> dict[str, Any]:
    return {"number": line[0], "reason": line[1]}


def _lines(principal: Principal, lines: Sequence[BankLine]) -> list[dict[str, Any]]:
    dues = Due.objects.visible_to(principal).in_bulk({line.due_id for line in lines if line.due_id})
    payments = Payment.objects.visible_to(principal).filter(pk__in={line.payment_id for line in lines})
    own = set(payments.values_list("pk", flat=True))
    return [_line(line, dues.get(line.due_id) if line.due_id else None, own) for line in lines]


def _line(line: BankLine, due: Due | None, own: set[UUID]) -> dict[str, Any]:
    plain = ("id", "booked_on", "text", "counterparty", "iban", "state", "probability", "reasons")
    proposal = {"due": due.pk, "document": due.document, "left": telling.money(due.left, due.currency)} if due else None
    return {name: getattr(line, name) for name in plain} | {
        "number": line.position,
        "sum": telling.money(line.amount, line.currency),
        "proposal": proposal,
        "payment": line.payment_id if line.payment_id in own else None,
    }
