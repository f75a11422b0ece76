"""Calls: those that are on now, those that were, and whose number it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from filo.collaborative.telephony.models import PhoneCall, PhoneSeat
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import active_people
from filo.foundation.errors import NotFound
from filo.foundation.filters.conditions import CHOICE, PAST, among, by_id, by_moment
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.italy.contact import normalise_phone
from filo.foundation.italy.errors import InvalidIdentity
from filo.foundation.web.paging import Key
from filo.operational.orders.models import Order
from filo.operational.parties.models import Party
from filo.operational.parties.models.contact import PHONES, ContactPoint
from filo.operational.payments.queries.history import history_of
from filo.operational.service.models import GroupMember, Ticket
from filo.operational.service.queries.page import open_tickets_of

MOST_NAMED = 5
# One that nobody ended in the books does not ring for ever; a note is asked for at the end, not again later.
RINGS_FOR, JUST_ENDED = timedelta(minutes=3), timedelta(seconds=20)
ASKED_WHO = timedelta(minutes=2)  # for so long it is asked whose a number is with which one spoke
SORTS = {
    "-began_at": (Key("began_at", descending=True), Key("id", descending=True)),
    "began_at": (Key("began_at"), Key("id")),
}
CALL_FILTERS = FilterSet.of(
    FilterField("state", "state", CHOICE, among("state", ["ringing", "talking", "ended", "missed"])),
    FilterField("direction", "direction", CHOICE, among("direction", ["in", "out"])),
    FilterField("party", "party", CHOICE, by_id("party")),
    FilterField("person", "person", CHOICE, by_id("person")),
    FilterField("began_at", "began_at", PAST, by_moment("began_at")),
)


@dataclass(frozen=True)
class Caller:
    """A customer with this number, as far as a colleague sees him."""

    party: Party
    tickets: list[Ticket]
    order: Order | None
    totals: Sequence[Any]


@dataclass(frozen=True)
class Pop:
    """One call as the colleague who may take it sees it; wrap_up: its clock stopped, the note is to be written."""

    call: PhoneCall
    callers: list[Caller] = field(default_factory=list)
    wrap_up: UUID | None = None


def written_number(said: str) -> str:
    """A number as it is compared; empty for none, for a withheld one, and for what is none."""
    try:
        return normalise_phone(said).e164 if said.strip() else ""
    except InvalidIdentity:
        return ""


def with_number(number: str) -> QuerySet[Party]:
    """The customers that have this number."""
    points = ContactPoint.objects.filter(normalised=number, type__in=PHONES)
    return Party.objects.filter(pk__in=points.values("party"), deleted_at=None)


def numbers_of(party: Party) -> list[str]:
    """The numbers that a card has, as they are compared."""
    points = ContactPoint.objects.filter(party=party, type__in=PHONES).exclude(normalised="")
    return list(points.values_list("normalised", flat=True))


def calls_found(
    principal: Principal, text: str = "", state: str = "", person: UUID | None = None
) -> QuerySet[PhoneCall]:
    """The calls one sees; text: a number or part of it, or a customer's name; person: a colleague's alone."""
    found = PhoneCall.objects.visible_to(principal).select_related("line", "person", "group")
    if person is not None:
        found = found.filter(person=person)
    if state in ("in", "out"):
        found = found.filter(direction=state)
    elif state == "missed":
        found = found.filter(state="missed")
    if text.strip():
        digits = "".join(one for one in text if one.isdigit() or one == "+")
        seen = Party.objects.visible_to(principal).filter(display_name__icontains=text.strip())
        found = found.filter(Q(party__in=seen.values("pk")) | (Q(number__contains=digits) if digits else Q(pk=None)))
    return found


def seen_call(principal: Principal, call_id: UUID) -> PhoneCall:
    """One call. Raises `NotFound`."""
    found = PhoneCall.objects.visible_to(principal).select_related("line", "party").filter(pk=call_id).first()
    if found is None:
        raise NotFound
    return found


def people_of_calls(principal: Principal) -> list[User]:
    """Who can be asked for: the colleagues with a telephone, oneself first."""
    found = list(active_people().filter(pk__in=PhoneSeat.objects.values("user")).order_by("given_name", "family_name"))
    return sorted(found, key=lambda one: one.pk != principal.user_id)


def may_listen(call: PhoneCall, names: Collection[UUID]) -> bool:
    """Whether the recording is for somebody who sees the call: a customer's only for who sees his card (`names`)."""
    return bool(call.recording) and (call.party_id is None or call.party_id in names)


def pops_of(principal: Principal) -> list[Pop]:
    """What rings for a colleague, what he speaks on, and the call that he ended just now."""
    if principal.user_id is None:
        return []
    moment = clock.now()
    mine = Q(person=principal.user_id)
    groups = GroupMember.objects.filter(user=principal.user_id).values("group")
    rings = Q(state="ringing", direction="in", began_at__gte=moment - RINGS_FOR)
    rings &= mine | Q(person=None, group__in=groups)
    on = mine & Q(state="talking", answered_at__gte=moment - timedelta(hours=4))
    over = mine & Q(state="ended", ended_at__gte=moment - JUST_ENDED, call__state="ended")
    over |= mine & Q(state="ended", ended_at__gte=moment - ASKED_WHO, call=None, party=None, number__gt="")
    rows = PhoneCall.objects.filter(rings | on | over).select_related("call", "party", "line")
    return [_pop(principal, call) for call in rows.order_by("-began_at")[:3]]


def _pop(principal: Principal, call: PhoneCall) -> Pop:
    if call.state == "ended" and call.call_id:
        return Pop(call, wrap_up=call.call_id)
    rows = Party.objects.visible_to(principal)
    if call.party_id:
        found = list(rows.filter(pk=call.party_id))
    else:
        found = list(rows.filter(pk__in=with_number(call.number).values("pk"))[:MOST_NAMED]) if call.number else []
    return Pop(call, [_caller(principal, party) for party in found])


def _caller(principal: Principal, party: Party) -> Caller:
    tickets = open_tickets_of(principal, party)[:3] if principal.may("ticket", "view") else []
    orders = Order.objects.visible_to(principal).filter(party=party).exclude(state="draft")
    order = orders.order_by("-confirmed_at", "-id").first() if principal.may("order", "view") else None
    totals = history_of(principal, party, most=1).totals if principal.may("payment", "view") else []
    return Caller(party, tickets, order, [one for one in totals if one.open])
