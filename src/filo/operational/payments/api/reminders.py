"""Reminders at the API: what was sent, whom one would remind today and in which words, and sending it.

A customer is left in peace by a dispute (`dues/ID/dispute`); a step is taken out of use in the settings.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from filo.foundation.filters.conditions import CHOICE, PAST, by_id, by_moment
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.rest.answers import answer, moment
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape
from filo.foundation.web.paging import Key
from filo.operational.payments.api import telling
from filo.operational.payments.api.shapes import MoneyShape
from filo.operational.payments.models import Reminder
from filo.operational.payments.queries.reminding import Letter, letters_of_today, reminders_sent
from filo.operational.payments.services.reminding import send_reminders

router = Router(tags=["reminders"])
SORTS = {
    "-at": (Key("at", descending=True), Key("id", descending=True)),
    "at": (Key("at"), Key("id")),
}
FILTERS = FilterSet.of(
    FilterField("due", "due", CHOICE, by_id("due")),
    FilterField("party", "party", CHOICE, by_id("due__party")),
    FilterField("at", "at", PAST, by_moment("at")),
)


class ReminderShape(Shape):
    """A reminder that was sent. after_days: of which step."""

    id: UUID
    due: UUID
    document: str
    party: UUID | None
    after_days: int
    to: str
    subject: str
    at: datetime


class ReminderList(Shape):
    """A page of reminders."""

    items: list[ReminderShape]
    next: str | None
    count: int
    count_is_exact: bool


class ReminderLetterShape(Shape):
    """A mail as it would go today; `to` is empty where no address is known: then nothing is sent. interest: what law
    gives of a firm until today.
    """

    due: UUID
    document: str
    party: UUID | None
    days_late: int
    left: MoneyShape
    interest: MoneyShape
    after_days: int
    to: str
    subject: str
    text: str


class ReminderLetterList(Shape):
    """All that one could send today, what is latest first; at most two hundred."""

    items: list[ReminderLetterShape]


class RemindBody(Body):
    """Of which dues."""

    dues: list[UUID] = Field(max_length=200)


class RemindersSentShape(Shape):
    """How many mails were stored; what is paid, disputed or was reminded of by this step already has none."""

    sent: int


@router.get("/reminders", response=ReminderList, summary="List reminders")
def list_reminders(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """What customers were reminded of, as far as one sees it, the latest first. `q`: words of the subject."""
    principal = require(request, "payment", "view")
    found = reminders_sent(principal)
    if asked.q:
        found = found.filter(subject__icontains=asked.q.strip())
    page, count = listed(principal, found, asked, sorts=SORTS, filters=FILTERS)
    seen = telling.seen(principal, [row.due for row in page.rows])
    return list_answer([_sent(row, seen) for row in page.rows], page.next, count)


@router.get("/reminders/today", response=ReminderLetterList, summary="Read the reminders for today")
def list_letters(request: ApiRequest) -> HttpResponse:
    """Whom one could remind today, each letter as it would go."""
    principal = require(request, "payment", "edit")
    letters = letters_of_today(principal)
    seen = telling.seen(principal, [one.due for one in letters])
    return answer({"items": [_letter(one, seen) for one in letters]})


@router.post("/reminders", response=RemindersSentShape, summary="Send reminders")
def send_some_reminders(request: ApiRequest, body: RemindBody) -> dict[str, int]:
    """Remind of these dues, each of the step that is next for it today; twice changes nothing."""
    return {"sent": send_reminders(require(request, "payment", "edit"), body.dues)}


def _sent(row: Reminder, seen: set[UUID]) -> dict[str, Any]:
    plain = ("id", "after_days", "to", "subject")
    return {name: getattr(row, name) for name in plain} | {
        "due": row.due_id,
        "document": row.due.document,
        "party": row.due.party_id if row.due.party_id in seen else None,
        "at": moment(row.at),
    }


def _letter(letter: Letter, seen: set[UUID]) -> dict[str, Any]:
    due = letter.due
    return {
        "due": due.pk,
        "document": due.document,
        "party": due.party_id if due.party_id in seen else None,
        "days_late": due.days_late,
        "left": telling.money(due.left, due.currency),
        "interest": telling.money(letter.interest, due.currency),
        "after_days": letter.step.after_days,
        "to": letter.to,
        "subject": letter.subject,
        "text": letter.text,
    }
