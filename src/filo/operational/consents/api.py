"""What customers agreed to, at the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from filo.foundation.rest.answers import answer
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape, YesNo
from filo.operational.consents.models import Consent
from filo.operational.consents.queries import ledger
from filo.operational.consents.services import answer_consent
from filo.operational.parties.queries.find import seen_party

router = Router(tags=["consents"])
Purpose = Literal["marketing_mail", "marketing_phone", "profiling", "page_visits", "mail_tracking"]
Source = Literal["portal", "page", "phone", "meeting", "mail", "letter", "program"]
SourceTold = Literal["page", "phone", "meeting", "mail", "letter", "program"]


class ConsentBody(Body):
    """An answer of a customer. That it came from his area (portal) only his area itself says."""

    purpose: Purpose
    given: YesNo
    source: SourceTold = "program"
    note: str = Field("", max_length=300, description="Where it can be read that he said so.")


class ConsentShape(Shape):
    """An answer; the newest of a purpose holds."""

    id: UUID
    purpose: Purpose
    given: bool
    at: datetime
    source: Source
    note: str
    text: str
    version: str
    language: str


class ConsentList(Shape):
    """Every answer, the newest first."""

    items: list[ConsentShape]


@router.get("/parties/{uuid:party_id}/consents", response=ConsentList, summary="List what a party agreed to")
def list_consents(request: ApiRequest, party_id: UUID) -> HttpResponse:
    """Every answer, the newest first: the first of each purpose holds."""
    principal = require(request, "party", "view")
    return answer({"items": [_shown(row) for row in ledger(principal, seen_party(principal, party_id))]})


@router.post("/parties/{uuid:party_id}/consents", response={201: ConsentShape}, summary="Note what a party agrees to")
def add_consent(request: ApiRequest, party_id: UUID, body: ConsentBody) -> HttpResponse:
    """He agrees, or takes it back. Nothing is ever changed: the same answer again gives what stands."""
    principal = require(request, "party", "edit")
    party = seen_party(principal, party_id)
    facts = body.model_dump(exclude={"purpose"})
    return answer(_shown(answer_consent(principal, party, body.purpose, **facts)), status=201)


def _shown(row: Consent) -> dict[str, Any]:
    names = ("id", "purpose", "given", "at", "source", "note", "text", "version", "language")
    return {name: getattr(row, name) for name in names}
