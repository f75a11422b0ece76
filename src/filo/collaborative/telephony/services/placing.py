"""A colleague calls: his telephone rings first, then the customer's; and he says who it was that called."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.telephony.models import PhoneCall
from filo.collaborative.telephony.providers.contract import ExchangeFailed, Wish
from filo.collaborative.telephony.queries.exchanges import exchange_of, hook_of, provider_of, seat_of
from filo.collaborative.telephony.queries.finding import numbers_of, with_number, written_number
from filo.collaborative.telephony.services.hearing import begin_note
from filo.collaborative.telephony.services.telling import tell_over, tell_pages
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.foundation.ids import uuid7
from filo.operational.parties.models import Party

KNOWN_AFTER = timedelta(hours=4)


def place_call(principal: Principal, *, number: str, party: Party | None = None) -> PhoneCall:
    """Have the exchange connect a colleague with a number. Must not be called within a transaction: it calls outside.

    Raises `Forbidden`, `InvalidFields`, `DomainError` where the exchange does not do it (nothing is kept then).
    """
    principal.require("interaction", "create")
    if principal.user_id is None or principal.viewed_by:
        raise Forbidden
    seat, to = seat_of(principal.user_id), written_number(number)
    if not to:
        raise InvalidFields({"number": _("This is no telephone number.")})
    if seat is None or seat.way != "line" or seat.line is None or not seat.line.active:
        raise InvalidFields({"number": _("Say first at which telephone you sit: in “My telephone”.")})
    line = seat.line
    wish = Wish(to, seat.extension, str(uuid7()), hook_of(line))
    try:
        reference = provider_of(line).place(exchange_of(line), wish)
    except ExchangeFailed as error:
        sentence = _("The exchange does not connect the call at the moment (%(reason)s). Dial the number yourself.")
        raise DomainError(sentence % {"reason": error.reason}, code="exchange-failed") from error
    person = User.objects.get(pk=principal.user_id)
    with transaction.atomic():
        values = {
            "direction": "out",
            "number": to,
            "party": party,
            "person": person,
            "unit_id": person.unit_id,
            "began_at": clock.now(),
        }
        # what the exchange said of it may have come before this line
        call, _made = PhoneCall.objects.update_or_create(line=line, reference=reference, defaults=values)
        record(principal, "phone.call", kind="phone-call", object_id=call.pk, changes={"number": (None, to)})
        if call.state == "talking":
            begin_note(call)
        tell_pages(call)
    return call


def is_his(principal: Principal, call: PhoneCall, party: Party) -> PhoneCall:
    """A colleague says whose call it is: its clock runs, and the note will stand on the card. Raises `Forbidden`."""
    principal.require("interaction", "create")
    if principal.user_id is None or call.person_id not in (None, principal.user_id):
        raise Forbidden
    with transaction.atomic():
        locked = _locked(call.pk)
        record(principal, "phone.party", kind="phone-call", object_id=call.pk, changes={"party": (None, party.pk)})
        _belongs_to(locked, party)
    return locked


def know_callers(party: Party) -> int:
    """A card has a number that called a little while ago, as nobody's: those calls are his. Gives how many."""
    nobodys = PhoneCall.objects.filter(party=None, number__gt="", began_at__gte=clock.now() - KNOWN_AFTER)
    called = set(nobodys.values_list("number", flat=True))
    numbers = called & set(numbers_of(party)) if called else set()
    alone = [one for one in numbers if list(with_number(one).values_list("pk", flat=True)[:2]) == [party.pk]]
    found = list(nobodys.filter(number__in=alone).values_list("pk", flat=True)) if alone else []
    for call_id in found:
        with transaction.atomic():
            locked = _locked(call_id)
            if locked.party_id is None:
                _belongs_to(locked, party)
    return len(found)


def _locked(call_id: UUID) -> PhoneCall:
    rows = PhoneCall.objects.select_for_update(of=("self",)).select_related("party", "person", "call", "group")
    return rows.get(pk=call_id)


def _belongs_to(locked: PhoneCall, party: Party) -> None:
    locked.party = party
    locked.save(update_fields=["party"])
    if locked.state in ("talking", "ended"):
        begin_note(locked)
    tell_over(locked)
    tell_pages(locked)
