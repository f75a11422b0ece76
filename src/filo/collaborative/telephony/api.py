"""Telephone calls at the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from filo.collaborative.telephony.models import PhoneCall
from filo.collaborative.telephony.queries.finding import CALL_FILTERS, SORTS, calls_found, may_listen, seen_call
from filo.collaborative.telephony.services import is_his, place_call
from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.rest.answers import answer, moment
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape, Whole
from filo.operational.interactions.calling import WrapUp, wrap_up
from filo.operational.interactions.queries import outcome_coded, own_call
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.queries.naming import names_of

router = Router(tags=["calls"])


class CallBody(Body):
    """A call that is wanted: the telephone of the token's person rings first."""

    number: str = Field(max_length=60)
    party: UUID | None = None


class PartyOfCallBody(Body):
    """Whose call it was."""

    party: UUID


class WrapUpBody(Body):
    """What is written up after a call. A day without words asks for a call back."""

    outcome: str | None = Field(None, max_length=40, description="The code of an outcome of calls.")
    subject: str = Field("", max_length=200)
    body: str = ""
    minutes: Whole | None = None
    next_title: str = Field("", max_length=200)
    next_due: date | None = None


class CallShape(Shape):
    """A call as the exchange told it."""

    id: UUID
    direction: Literal["in", "out"]
    number: str = Field(description="Of the customer, in E.164; empty where it was withheld.")
    said: str = Field(description="What the exchange said where it is no number that can be called from outside.")
    party: UUID | None
    party_name: str
    person: UUID | None = Field(description="The colleague who spoke, or whom it rang.")
    state: Literal["ringing", "talking", "ended", "missed"]
    began_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    recording: str
    interaction: UUID | None = Field(description="What was written up of it.")


class CallList(Shape):
    """A page of calls."""

    items: list[CallShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/calls", response=CallList, summary="List telephone calls")
def list_calls(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The calls one sees, the latest first. `q`: a number or a customer's name."""
    principal = require(request, "interaction", "view")
    found = calls_found(principal, asked.q or "").select_related("call")
    page, count = listed(principal, found, asked, sorts=SORTS, filters=CALL_FILTERS)
    return list_answer(_shown(principal, page.rows), page.next, count)


@router.get("/calls/{uuid:call_id}", response=CallShape, summary="Read a telephone call")
def get_call(request: ApiRequest, call_id: UUID) -> HttpResponse:
    """One call."""
    principal = require(request, "interaction", "view")
    return answer(_shown(principal, [seen_call(principal, call_id)])[0])


@router.post("/calls", response={201: CallShape}, summary="Have a number called")
def place_a_call(request: ApiRequest, body: CallBody) -> HttpResponse:
    """The exchange connects the token's person with a number. 422 where he has no extension or it does not answer."""
    principal = require(request, "interaction", "create")
    party = seen_party(principal, body.party) if body.party else None
    call = place_call(principal, number=body.number, party=party)
    return answer(_shown(principal, [call])[0], status=201)


@router.post("/calls/{uuid:call_id}/party", response=CallShape, summary="Say whose a telephone call is")
def say_whose_call(request: ApiRequest, call_id: UUID, body: PartyOfCallBody) -> HttpResponse:
    """The call, and the note of it, become this customer's; 403 for a colleague's call."""
    principal = require(request, "interaction", "create")
    party = seen_party(principal, body.party)
    is_his(principal, seen_call(principal, call_id), party)
    return answer(_shown(principal, [_with_note(principal, call_id)])[0])


@router.post("/calls/{uuid:call_id}/wrap-up", response=CallShape, summary="Write a telephone call up")
def write_call_up(request: ApiRequest, call_id: UUID, body: WrapUpBody) -> HttpResponse:
    """Outcome, note and next step of one's own call, in one act; again changes nothing. 409 where no clock ran."""
    principal = require(request, "interaction", "create")
    found = _with_note(principal, call_id)
    if found.call is None:
        raise DomainError(_("Nobody spoke in this call, or it is not known with whom."), code="no-call-to-write-up")
    outcome = outcome_coded("call", body.outcome or "")
    if body.outcome and outcome is None:
        raise InvalidFields({"outcome": _("There is no such outcome.")})
    said = body.model_dump(exclude={"outcome"})
    wrap_up(principal, own_call(principal, found.call.pk), WrapUp(outcome=outcome, **said))
    return answer(_shown(principal, [_with_note(principal, call_id)])[0])


def _with_note(principal: Principal, call_id: UUID) -> PhoneCall:
    return PhoneCall.objects.visible_to(principal).select_related("call").get(pk=seen_call(principal, call_id).pk)


def _shown(principal: Principal, calls: Sequence[PhoneCall]) -> list[dict[str, Any]]:
    names = names_of(principal, {call.party_id for call in calls if call.party_id})
    return [_one(call, names) for call in calls]


def _one(call: PhoneCall, names: dict[UUID, str]) -> dict[str, Any]:
    party = call.party_id if call.party_id in names else None
    return {
        "id": call.pk,
        "direction": call.direction,
        "number": call.number,
        "said": call.said,
        "party": party,
        "party_name": names.get(party, "") if party else "",
        "person": call.person_id,
        "state": call.state,
        "began_at": moment(call.began_at),
        "answered_at": moment(call.answered_at),
        "ended_at": moment(call.ended_at),
        "recording": call.recording if may_listen(call, names) else "",
        "interaction": call.call.interaction_id if call.call else None,
    }
