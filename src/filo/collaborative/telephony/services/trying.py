"""An exchange of our own kind, tried without one: the messages it would post, signed and taken in as its own are."""

from __future__ import annotations

import json
from typing import Literal

from django.utils.translation import gettext as _

from filo.collaborative.telephony.models import PhoneLine
from filo.collaborative.telephony.providers.contract import Message
from filo.collaborative.telephony.providers.exchange.signing import signature_of
from filo.collaborative.telephony.queries.exchanges import exchange_of, hook_of, seat_of
from filo.collaborative.telephony.queries.finding import written_number
from filo.collaborative.telephony.services.hearing import receive
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields


def try_line(
    principal: Principal,
    line: PhoneLine,
    *,
    call: str,
    number: str,
    event: Literal["ringing", "answered", "ended"],
) -> bool:
    """Have a call ring, be lifted at one's own extension, or end; whether one has an extension there.

    Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("settings", "edit")
    if line.kind != "exchange":
        raise InvalidFields({"number": _("Only an exchange with signed messages can be tried from here.")})
    if number.strip() and not written_number(number):
        raise InvalidFields({"number": _("This is no telephone number.")})
    seat = seat_of(principal.user_id)
    has_seat = seat is not None and seat.line_id == line.pk
    said = {
        "call": call,
        "event": event,
        "direction": "in",
        "from": number,
        "to": line.number,
        "at": clock.now().isoformat(),
        "extension": seat.extension if seat and has_seat and event == "answered" else "",
    }
    body = json.dumps(said).encode()
    signature = signature_of(exchange_of(line).secret, body, moment=int(clock.now().timestamp()))
    receive(line, Message(hook_of(line), {"x-filo-signature": signature}, body, clock.now()))
    return has_seat
