"""Our own messages, for any exchange that can post JSON: docs/telephony.md has them."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from filo.collaborative.telephony.providers.contract import Exchange, ExchangeFailed, Forged, Message, News, Wish, post
from filo.collaborative.telephony.providers.exchange.signing import check_signature, signature_of

STEPS = ("ringing", "answered", "ended")


class OwnMessages:
    """An exchange that posts what happens, and is posted what is wanted."""

    code = "exchange"
    label = _("Any exchange, with signed messages")

    def read(self, exchange: Exchange, message: Message) -> Sequence[News]:
        """One message. Raises `Forged`."""
        header = message.headers.get("x-filo-signature", "")
        check_signature(exchange.secret, header, message.body, now=message.now)
        try:
            return [_news(json.loads(message.body))]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Forged("unreadable") from error

    def answer(self, _news: Sequence[News], extensions: Sequence[str], _hook: str) -> tuple[str, str]:
        """Which telephones may ring."""
        return "application/json", json.dumps({"ring": list(extensions)})

    def place(self, exchange: Exchange, wish: Wish) -> str:
        """Posts the wish; the exchange answers `{"call": …}`. Raises `ExchangeFailed`."""
        if not exchange.base:
            raise ExchangeFailed("no address of its API is set")
        said = {"to": wish.number, "from": exchange.number, "extension": wish.extension, "reference": wish.reference}
        body = json.dumps(said).encode()
        signature = signature_of(exchange.secret, body, moment=int(time.time()))
        headers = {"Content-Type": "application/json", "X-Filo-Signature": signature}
        answered = post(exchange.base, headers=headers, content=body)
        try:
            name = str(json.loads(answered)["call"])
        except (ValueError, KeyError, TypeError):
            raise ExchangeFailed("an answer that is not {“call”: …}") from None
        return name[:120]


def _news(said: dict[str, Any]) -> News:
    step, direction = said["event"], said.get("direction", "in")
    if step not in STEPS or direction not in ("in", "out"):
        raise ValueError(step)
    at = datetime.fromisoformat(said["at"])
    if at.tzinfo is None:
        raise ValueError("a moment without its zone")
    number = said.get("from" if direction == "in" else "to") or ""
    return News(
        call=_line(said["call"]),
        step=step,
        at=at,
        direction=direction,
        number=str(number)[:60],
        extension=str(said.get("extension") or "")[:80],
        recording=str(said.get("recording") or "")[:500],
    )


def _line(value: Any) -> str:
    text = str(value).strip()[:120]
    if not text:
        raise ValueError("a name is missing")
    return text


PROVIDER = OwnMessages()
