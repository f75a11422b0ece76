"""Invoices at the API: what was handed in, its second try, and what suppliers laid into their files."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import Query, Router

from filo.foundation.files.naming import clean_name
from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.web.paging import Key, capped_count
from filo.operational.invoices.api import sent, telling
from filo.operational.invoices.api.bodies import HandedInParams, KeepBody
from filo.operational.invoices.api.shapes import AttachmentList, HandedInList, HandedInWhole, TakenInShape
from filo.operational.invoices.queries.attached import attachment_at, attachments_of, media_type_of
from filo.operational.invoices.queries.files import files_seen, said_in, seen_file
from filo.operational.invoices.queries.finding import seen_invoice
from filo.operational.invoices.services import keep_for, try_again
from filo.operational.invoices.services.taking_in import TakenIn

router = Router(tags=["invoices"])
LATEST = (Key("at", descending=True), Key("id", descending=True))


@router.get("/invoices/files", response=HandedInList, summary="List files that were handed in")
def list_handed_in_files(request: ApiRequest, asked: Query[HandedInParams]) -> HttpResponse:
    """What came in and what became of it, the latest first; who works in some companies alone sees his own."""
    found = files_seen(require(request, "invoice", "issue"))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    page = page_in(found, LATEST, asked)
    return list_answer([telling.handed_in(row) for row in page.rows], page.next, capped_count(found))


@router.get("/invoices/files/{uuid:file_id}", response=HandedInWhole, summary="Read a file that was handed in")
def get_handed_in_file(request: ApiRequest, file_id: UUID) -> HttpResponse:
    """What became of it; of one that was put aside, what it would say."""
    found = seen_file(require(request, "invoice", "issue"), file_id)
    says = said_in(found) if found.kind == "quarantine" else None
    return answer(telling.handed_in(found) | {"says": telling.said(says) if says else None})


@router.post("/invoices/files/{uuid:file_id}/again", response=TakenInShape, summary="Try a file again")
def try_file_again(request: ApiRequest, file_id: UUID) -> HttpResponse:
    """One that was put aside is read once more, as things are now; it may stay put aside (`kind` quarantine)."""
    principal = require(request, "invoice", "issue")
    return _told(try_again(principal, seen_file(principal, file_id)))


@router.post("/invoices/files/{uuid:file_id}/keep", response=TakenInShape, summary="Keep a file for a company")
def keep_file_for_company(request: ApiRequest, file_id: UUID, body: KeepBody) -> HttpResponse:
    """Whatever numbers it has, it is kept for this company of ours, which sold (issued) or bought (received)."""
    principal = require(request, "invoice", "issue")
    company = sent.own_company(principal, body.company)
    return _told(keep_for(principal, seen_file(principal, file_id), company, direction=body.direction))


@router.get("/invoices/{uuid:invoice_id}/attachments", response=AttachmentList, summary="List attachments")
def list_attachments(request: ApiRequest, invoice_id: UUID) -> HttpResponse:
    """What a supplier laid into his file."""
    found = attachments_of(seen_invoice(require(request, "invoice", "view"), invoice_id))
    items = [
        {"id": place, "name": clean_name(one.name), "media_type": media_type_of(one), "size": len(one.content)}
        for place, one in enumerate(found)
    ]
    return answer({"items": items})


@router.get("/invoices/{uuid:invoice_id}/attachments/{int:attachment_id}", summary="Read an attachment")
def get_attachment(request: ApiRequest, invoice_id: UUID, attachment_id: int) -> HttpResponse:
    """One of them, counted from 0, for keeping."""
    found = attachment_at(seen_invoice(require(request, "invoice", "view"), invoice_id), attachment_id)
    reply = HttpResponse(found.content, content_type=media_type_of(found))
    reply["Content-Disposition"] = content_disposition_header(True, clean_name(found.name))
    reply["X-Content-Type-Options"] = "nosniff"
    return reply


def _told(found: TakenIn) -> HttpResponse:
    return answer({"file": telling.file(found.file), "invoices": [row.pk for row in found.invoices]})
