"""An event arrives signed, once noted, again after failures, in order for each object, and past those who hang."""

from __future__ import annotations

import json
import logging
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from standardwebhooks import Webhook, WebhookVerificationError

from filo.foundation import clock
from filo.foundation.events.models import OutboxEvent
from filo.foundation.events.services import cloud_event, relay_batch
from filo.foundation.ids import uuid7
from filo.foundation.jobs.models import Job
from filo.foundation.webhooks import services
from filo.foundation.webhooks.claims import _heads, claim_some
from filo.foundation.webhooks.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from filo.foundation.webhooks.pauses import AFTER, MOST_ATTEMPTS
from filo.foundation.webhooks.sending import deliver_due
from filo.foundation.webhooks.tests.peers import receiving
from filo.foundation.webhooks.tests.told import TESTER, light, rooms_told, send_in, states, telling

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def patience_of_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filo.foundation.egress.TOTAL_SECONDS", 1.0)


def test_an_event_arrives_signed_as_the_standard_has_it() -> None:
    with receiving() as peer:
        endpoint, secret = services.add_endpoint(TESTER, url=peer.url, types=["sample.lamp-lit"])
        light("hall")
        assert deliver_due() == 1
    heard, row = peer.heard[0], OutboxEvent.objects.get(type="sample.lamp-lit")
    assert Webhook(secret).verify(heard.body, heard.headers) == cloud_event(row)
    assert heard.headers["webhook-id"] == str(row.event_id)
    assert heard.headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(heard.body + b" ", heard.headers)
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.status, delivery.attempts) == ("delivered", 200, 1)
    assert WebhookAttempt.objects.get().answer == "ok"
    endpoint.refresh_from_db()
    assert (endpoint.recent, endpoint.success_rate) == ("+", 100)


def test_only_what_was_chosen_is_sent_and_each_event_once() -> None:
    with receiving() as lamps, receiving() as tasks, receiving() as everything:
        telling(lamps), telling(tasks, "task.*"), telling(everything, "*")
        light("hall", "kitchen")
        OutboxEvent.objects.update(relayed_at=None)  # as if the relay had died before it could note it
        relay_batch()
        deliver_due()
    assert sorted(rooms_told(lamps)) == ["hall", "kitchen"]
    assert rooms_told(tasks) == []
    assert sorted(rooms_told(everything))[:2] == ["hall", "kitchen"]


def test_thousands_that_wait_are_not_compared_with_one_another() -> None:
    endpoint, _secret = services.add_endpoint(TESTER, url="https://shop.example.com/", types=["*"])
    plan = _heads(endpoint).explain()
    assert connection.vendor != "sqlite" or "webhook_waits (endpoint_id=? AND subject=? AND sequence<?)" in plan


def test_thousands_of_events_are_collected_in_few_statements(django_assert_max_num_queries: Any) -> None:
    with receiving() as peer:
        telling(peer), telling(peer, "*")
        relay_batch()
        rows = [
            OutboxEvent(type="sample.lamp-lit", source="x", subject=uuid7(), time=clock.now(), id=1000 + n)
            for n in range(200)
        ]
        OutboxEvent.objects.bulk_create(rows)
        from filo.foundation.webhooks.collecting import collect

        with django_assert_max_num_queries(12):
            collect(rows)
    assert WebhookDelivery.objects.filter(type="sample.lamp-lit").count() == 400


def test_what_fails_is_tried_again_with_the_same_id_and_given_up_after_three_days() -> None:
    began = moment = clock.now()
    with receiving(500, text=b"x" * 5000) as peer:
        endpoint = telling(peer)
        light("hall")
        while states() != ["given-up"]:
            with clock.at(moment):
                deliver_due()
                delivery = WebhookDelivery.objects.get()
                moment = max(delivery.next_at, WebhookEndpoint.objects.get().rests_until or moment)
            moment += timedelta(seconds=1)
    assert timedelta(days=2.5) < moment - began < timedelta(days=4)
    assert (delivery.attempts, delivery.status, delivery.error) == (MOST_ATTEMPTS, 500, "status")
    assert len({heard.headers["webhook-id"] for heard in peer.heard}) == 1
    assert len(peer.heard) == len(AFTER) + 1
    assert {len(attempt.answer) for attempt in WebhookAttempt.objects.all()} == {1000}
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.disabled_because) == ("disabled", "failing")
    assert OutboxEvent.objects.filter(type="webhook.disabled").count() == 1


def test_one_event_that_is_refused_for_days_does_not_switch_off_who_takes_the_others() -> None:
    with receiving(500) as peer:
        endpoint = telling(peer)
        light("hall")
        deliver_due()
        WebhookDelivery.objects.update(attempts=MOST_ATTEMPTS - 1)
        WebhookEndpoint.objects.update(failing_since=clock.now() - timedelta(hours=1))
        send_in(minutes=30)
    endpoint.refresh_from_db()
    assert (states(), endpoint.state) == (["given-up"], "active")


def test_who_says_gone_is_not_told_again() -> None:
    with receiving(410) as peer:
        telling(peer)
        light("hall", "kitchen")
        deliver_due()
        light("cellar")
        send_in(days=1)
    assert len(peer.heard) == 1
    assert WebhookEndpoint.objects.get().disabled_because == "gone"
    assert states() == ["given-up", "cancelled"]


def test_events_of_one_object_keep_their_order_and_others_go_on() -> None:
    lamp = uuid7()
    with receiving(500) as peer:
        telling(peer)
        light("first", "second", "third", lamp=lamp)
        light("other")
        deliver_due()
        assert set(rooms_told(peer)) <= {"first", "other"}
        peer.answer = 200
        peer.heard.clear()
        send_in(minutes=2)
    told = rooms_told(peer)
    assert [room for room in told if room != "other"] == ["first", "second", "third"]
    assert states() == ["delivered"] * 4


def test_what_comes_behind_an_event_that_is_not_relayed_yet_waits() -> None:
    lamp = uuid7()
    with receiving() as peer:
        telling(peer)
        light("first", "second", lamp=lamp)
        first = WebhookDelivery.objects.order_by("sequence").first()
        assert first is not None
        WebhookDelivery.objects.filter(pk=first.pk).delete()  # as another relay would have left it a moment ago
        OutboxEvent.objects.filter(pk=first.sequence).update(relayed_at=None)
        assert deliver_due() == 0
        relay_batch()
        deliver_due()
    assert rooms_told(peer) == ["first", "second"]


@pytest.mark.django_db(transaction=True)
def test_a_peer_that_hangs_delays_nobody_else() -> None:
    release = threading.Event()
    with receiving(lambda _handler: release.wait(10)) as hanging, receiving() as healthy:
        telling(hanging), telling(healthy)
        light(*(f"room {number}" for number in range(5)))
        began = time.monotonic()
        sender = threading.Thread(target=_send_and_close)
        sender.start()
        while len(healthy.heard) < 5 and time.monotonic() - began < 8:
            release.wait(0.02)
        light("late")
        while len(healthy.heard) < 6 and time.monotonic() - began < 8:
            release.wait(0.02)
        late = healthy.heard[-1].at - began
        release.set()
        sender.join()
    assert len(healthy.heard) == 6
    assert late < 4, "they waited for the one that hangs"
    assert len(hanging.heard) < 5


def _send_and_close() -> None:
    try:
        deliver_due()
    finally:
        connection.close()


def drips(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for _ in range(200):
        handler.wfile.write(b"X: y\r\n")
        time.sleep(0.02)


def floods(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n" + b"x" * 100_000)


def turns_inside(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n")


@pytest.mark.parametrize(
    ("behaviour", "state", "error"),
    [(drips, "failed", "too-slow"), (floods, "delivered", ""), (turns_inside, "failed", "redirect")],
)
def test_peers_that_drip_flood_or_lead_elsewhere(behaviour: Any, state: str, error: str) -> None:
    with receiving(behaviour) as peer:
        telling(peer)
        light("hall")
        deliver_due()
    found = WebhookDelivery.objects.get()
    assert (found.state, found.error, len(peer.heard)) == (state, error, 1)


def test_an_endpoint_that_fails_rests_and_is_tried_again_with_one_event() -> None:
    with receiving(500) as peer:
        endpoint = telling(peer)
        light(*(f"room {number}" for number in range(10)))
        deliver_due()
        assert len(peer.heard) == 3, "three in a row are enough"
        endpoint.refresh_from_db()
        assert endpoint.rests_until is not None
        send_in(seconds=20)
        assert len(peer.heard) == 3
        peer.answer = 200
        send_in(minutes=10)
    assert states() == ["delivered"] * 10
    endpoint.refresh_from_db()
    assert not endpoint.failures
    assert WebhookEndpoint.objects.get().rests_until is None


def test_a_sender_that_dies_is_followed_by_one_that_sends_the_same_id_again() -> None:
    with receiving() as peer:
        telling(peer)
        light("hall")
        lost = claim_some(16)
        assert len(lost) == 1, "claimed, and then its process is killed"
        assert deliver_due() == 0
        assert send_in(minutes=1) == 1
    assert peer.heard[0].headers["webhook-id"] == lost[0].parcels[0].message_id
    assert states() == ["delivered"]


@pytest.mark.django_db(transaction=True)
def test_the_sender_is_called_again_when_the_next_try_is_due() -> None:
    with receiving(500) as peer:
        telling(peer)
        light("hall")
        assert Job.objects.filter(name="webhooks.deliver").count() == 1
        Job.objects.all().delete()
        deliver_due()
    found = Job.objects.get(name="webhooks.deliver")
    assert timedelta(seconds=2) < found.run_at - clock.now() < timedelta(seconds=7)


def test_a_paused_one_gets_what_has_waited_when_it_is_resumed() -> None:
    with receiving() as peer:
        endpoint = services.pause_endpoint(TESTER, telling(peer))
        light("hall")
        assert deliver_due() == 0
        services.resume_endpoint(TESTER, endpoint)
        deliver_due()
    assert rooms_told(peer) == ["hall"]


def test_both_secrets_sign_for_a_day_after_a_change() -> None:
    with receiving() as peer:
        endpoint, former = services.add_endpoint(TESTER, url=peer.url, types=["*"])
        _endpoint, fresh = services.roll_secret(TESTER, endpoint)
        relay_batch()
        deliver_due()
        heard = peer.heard[-1]
        for secret in (former, fresh):
            assert Webhook(secret).verify(heard.body, heard.headers)
        WebhookEndpoint.objects.update(former_until=clock.now())
        light("hall")
        deliver_due()
        last = peer.heard[-1]
        assert Webhook(fresh).verify(last.body, last.headers)
        with pytest.raises(WebhookVerificationError):
            Webhook(former).verify(last.body, last.headers)


def test_a_test_is_sent_once_whatever_the_state() -> None:
    with receiving(500) as peer:
        endpoint = services.pause_endpoint(TESTER, telling(peer))
        made = services.send_test(TESTER, endpoint)
        deliver_due()
        send_in(days=1)
    assert [json.loads(heard.body)["type"] for heard in peer.heard] == ["webhook.test"]
    made.refresh_from_db()
    assert (made.state, made.attempts) == ("given-up", 1)


def test_one_delivery_and_the_whole_past_can_be_sent_again() -> None:
    with receiving() as peer:
        endpoint = telling(peer)
        light("hall", "kitchen")
        deliver_due()
        services.send_again(TESTER, WebhookDelivery.objects.order_by("sequence").first())  # type: ignore[arg-type]
        deliver_due()
        assert rooms_told(peer) == ["hall", "kitchen", "hall"]
        WebhookDelivery.objects.filter(sequence=OutboxEvent.objects.get(data__room="kitchen").id).delete()
        _replayed(services.replay(TESTER, endpoint, since=clock.now() - timedelta(hours=1)))
        deliver_due()
        assert sorted(rooms_told(peer)[3:]) == ["hall", "kitchen"]
        _replayed(services.replay(TESTER, endpoint, since=clock.now()))
        assert deliver_due() == 0
    ids = [heard.headers["webhook-id"] for heard in peer.heard]
    assert len(set(ids)) == 2, "the receiver knows them by their ids"


def _replayed(job: Job) -> None:
    from filo.foundation.jobs.context import JobContext
    from filo.foundation.webhooks.jobs import replay

    replay(JobContext(job, atomic=False), **job.args)


def test_a_secret_is_in_no_log_and_not_plain_in_the_database(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with receiving(500) as peer:
        endpoint, secret = services.add_endpoint(TESTER, url=peer.url, types=["*"])
        light("hall")
        deliver_due()
    bare = secret.removeprefix("whsec_")
    assert bare not in caplog.text
    endpoint.refresh_from_db()
    assert bare not in endpoint.sealed_secret
    assert not OutboxEvent.objects.filter(data__icontains=bare[:20]).exists()


def test_a_secret_sealed_with_another_key_switches_it_off_with_the_reason(settings: Any) -> None:
    with receiving() as peer:
        telling(peer)
        light("hall")
        settings.SECRET_KEY = "another-key-0123456789-0123456789-0123456789"
        deliver_due()
    assert peer.heard == []
    assert WebhookEndpoint.objects.get().disabled_because == "secret"
