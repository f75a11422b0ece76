"""A receiver that says when to come again is left alone until then, a day at most."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from filo.foundation import clock
from filo.foundation.webhooks.models import WebhookDelivery
from filo.foundation.webhooks.pauses import asked_for
from filo.foundation.webhooks.sending import deliver_due
from filo.foundation.webhooks.tests.peers import receiving
from filo.foundation.webhooks.tests.told import light, send_in, states, telling

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("Sun, 22 Nov 2026 09:10:00 GMT", 600),
        ("Sunday, 22-Nov-26 09:10:00 GMT", 600),
        ("Sun Nov 22 09:10:00 2026", 600),
        ("9" * 400, 86_400),
        ("Fri, 01 Jan 2100 00:00:00 GMT", 86_400),
        ("Sun, 22 Nov 2026 08:00:00 GMT", None),
        ("0", None),
        ("-5", None),
        ("soon", None),
        ("٣", None),
        ("", None),
    ],
)
def test_seconds_and_dates_are_read_and_the_rest_is_not_heard(told: str, seconds: int | None) -> None:
    assert asked_for(told, NOW) == (timedelta(seconds=seconds) if seconds else None)


@pytest.mark.django_db
def test_nothing_is_sent_before_the_receiver_wants_it() -> None:
    def busy(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 503 Busy\r\nRetry-After: 7200\r\nContent-Length: 0\r\n\r\n")

    with receiving(busy) as peer:
        telling(peer)
        light("hall")
        deliver_due()
        light("kitchen")  # another object, but the same receiver
        peer.answer = 200
        assert timedelta(minutes=119) < WebhookDelivery.objects.order_by("sequence")[0].next_at - clock.now()
        send_in(minutes=110)
        assert len(peer.heard) == 1
        send_in(minutes=125)
    assert states() == ["delivered", "delivered"]
