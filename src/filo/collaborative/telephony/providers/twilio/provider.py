"""Twilio's voice: https://www.twilio.com/docs/voice/api/call-resource, /docs/voice/twiml and its status callbacks.

The line's webhook (*A call comes in*) and its status callback are both our door.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urlencode
from xml.sax.saxutils import escape, quoteattr

from filo.collaborative.telephony.providers.contract import (
    Exchange,
    ExchangeFailed,
    Forged,
    Message,
    News,
    Step,
    Wish,
    post,
)
from filo.collaborative.telephony.providers.twilio.signing import check_signature

BASE = "https://api.twilio.com"
STEPS: Mapping[str, Step] = {
    "initiated": "ringing",
    "ringing": "ringing",
    "in-progress": "answered",
    "completed": "ended",
    "busy": "ended",
    "failed": "ended",
    "no-answer": "ended",
    "canceled": "ended",
}
TOLD = "initiated ringing answered completed"


class Twilio:
    """An account with Twilio."""

    code = "twilio"
    label = "Twilio"

    def read(self, exchange: Exchange, message: Message) -> Sequence[News]:
        """One callback. A call that Twilio makes to a colleague for a caller is told as a step of the caller's call.

        Raises `Forged`.
        """
        try:
            pairs = parse_qsl(message.body.decode(), keep_blank_values=True, max_num_fields=100)
        except ValueError as error:
            raise Forged("unreadable") from error
        check_signature(exchange.secret, message.headers.get("x-twilio-signature", ""), message.url, pairs)
        said = dict(pairs)
        if not said.get("CallSid"):
            raise Forged("unreadable")
        found = _news(said, message.now)
        return [found] if found else []

    def answer(self, news: Sequence[News], extensions: Sequence[str], hook: str) -> tuple[str, str]:
        """TwiML: all telephones ring at once, and who lifts first has the call."""
        inside = "".join(_leg(one, hook) for one in extensions)
        rings = any(one.step == "ringing" and one.direction == "in" and not one.extension for one in news)
        dial = f'<Dial answerOnBridge="true" timeout="30">{inside}</Dial>' if rings and inside else ""
        return "text/xml", f'<?xml version="1.0" encoding="UTF-8"?><Response>{dial}</Response>'

    def place(self, exchange: Exchange, wish: Wish) -> str:
        """The colleague's telephone rings; when he lifts, the customer's. Raises `ExchangeFailed`."""
        number = f"<Dial callerId={quoteattr(exchange.number)}><Number>{escape(wish.number)}</Number></Dial>"
        fields = [
            ("To", wish.extension),
            ("From", exchange.number),
            ("Twiml", f"<Response>{number}</Response>"),
            ("StatusCallback", wish.hook),
            *(("StatusCallbackEvent", one) for one in TOLD.split()),
        ]
        url = f"{(exchange.base or BASE).rstrip('/')}/2010-04-01/Accounts/{exchange.account}/Calls.json"
        basic = base64.b64encode(f"{exchange.account}:{exchange.secret}".encode()).decode()
        headers = {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded"}
        answered = post(url, headers=headers, content=urlencode(fields).encode())
        try:
            return str(json.loads(answered)["sid"])[:120]
        except (ValueError, KeyError, TypeError):
            raise ExchangeFailed("an answer without a sid") from None


def _leg(extension: str, hook: str) -> str:
    kind = "Sip" if extension.startswith("sip:") else "Number"
    told = f'statusCallback={quoteattr(hook)} statusCallbackEvent="{TOLD}"'
    return f"<{kind} {told}>{escape(extension)}</{kind}>"


def _news(said: Mapping[str, str], now: datetime) -> News | None:
    state, parent = said.get("CallStatus", ""), said.get("ParentCallSid", "")
    step = STEPS.get(state)
    if step is None or (parent and step == "ended"):  # one telephone that stopped ringing is not the end of the call
        return None
    outgoing = said.get("Direction", "").startswith("outbound-api")
    return News(
        call=(parent or said["CallSid"])[:120],
        step=step,
        at=_moment(said.get("Timestamp", ""), now),
        direction="out" if outgoing else "in",
        number="" if outgoing or parent else _shown(said.get("From", "")),
        extension=said.get("To", "")[:80] if parent or outgoing else "",
        recording=said.get("RecordingUrl", "")[:500],
    )


def _shown(number: str) -> str:
    # What Twilio says instead of a number that is withheld: https://www.twilio.com/docs/voice/twiml#request-parameters
    return "" if number.casefold() in ("anonymous", "restricted", "unavailable", "+266696687", "unknown") else number


def _moment(text: str, now: datetime) -> datetime:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return now
    return found if found.tzinfo else found.replace(tzinfo=UTC)


PROVIDER = Twilio()
