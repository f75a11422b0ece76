"""The relay: at least once, each effect once, and a failing handler holds nobody up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import Forbidden
from filo.foundation.events.models import FailedDelivery, HandledEvent, OutboxEvent
from filo.foundation.events.services import MOST_ATTEMPTS, announce, relay_all, relay_batch, replay_events
from filo.foundation.events.tests.samples import TESTER, broken, effects, lit

FIRST = "filo.foundation.events.tests.samples.note_first"


@pytest.fixture(autouse=True)
def nothing_is_broken() -> Iterator[None]:
    broken.clear()
    yield
    broken.clear()


@pytest.mark.django_db
def test_each_handler_gets_each_event_once() -> None:
    announce(TESTER, lit("hall"), lit("kitchen"))
    assert relay_batch() == 2
    assert effects() == ["first-hall", "first-kitchen", "second-hall", "second-kitchen"]
    assert relay_batch() == 0
    assert OutboxEvent.objects.filter(relayed_at=None).count() == 0


@pytest.mark.django_db
def test_an_event_that_comes_twice_has_one_effect() -> None:
    announce(TESTER, lit("hall"))
    relay_batch()
    OutboxEvent.objects.update(relayed_at=None)
    assert relay_batch() == 1
    assert effects() == ["first-hall", "second-hall"]
    assert HandledEvent.objects.count() == 2


@pytest.mark.django_db
def test_a_failing_handler_loses_its_effect_and_holds_nobody_up() -> None:
    broken.add("hall")
    announce(TESTER, lit("hall"), lit("kitchen"))
    assert relay_batch() == 2
    assert effects() == ["first-kitchen", "second-hall", "second-kitchen"]
    failed = FailedDelivery.objects.get()
    assert (failed.handler, failed.attempts, failed.parked_at) == (FIRST, 1, None)


@pytest.mark.django_db
def test_a_failed_delivery_is_tried_again_later_and_then_forgotten() -> None:
    broken.add("hall")
    announce(TESTER, lit("hall"))
    relay_batch()
    broken.clear()
    assert relay_batch() == 0, "its time has not come"
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert relay_batch() == 1
    assert effects() == ["first-hall", "second-hall"]
    assert FailedDelivery.objects.count() == 0


@pytest.mark.django_db
def test_a_delivery_that_fails_too_often_is_parked_without_personal_data() -> None:
    broken.add("hall")
    announce(TESTER, lit("hall"))
    moment = clock.now()
    for _ in range(MOST_ATTEMPTS + 3):
        moment += timedelta(hours=2)
        with clock.at(moment):
            relay_batch()
    failed = FailedDelivery.objects.get()
    assert failed.attempts == MOST_ATTEMPTS
    assert failed.parked_at is not None
    assert failed.error.startswith("ValueError\n")
    assert "samples.py" in failed.error
    assert "note_first" in failed.error
    assert "mario" not in failed.error


@pytest.mark.django_db
def test_an_event_nobody_knows_any_more_goes_by() -> None:
    announce(TESTER, lit("hall"))
    OutboxEvent.objects.update(type="sample.forgotten")
    assert relay_batch() == 1
    assert effects() == []


@pytest.mark.django_db
def test_what_was_announced_can_be_replayed_to_one_handler() -> None:
    announce(TESTER, lit("hall"))
    relay_batch()
    AuditEntry.objects.all().delete()
    assert replay_events(TESTER, FIRST, since=clock.now() - timedelta(hours=1)) == 1
    assert replay_events(TESTER, FIRST, since=clock.now() + timedelta(hours=1)) == 0
    assert relay_batch() == 1
    assert effects() == ["first-hall"]


@pytest.mark.django_db
def test_replay_is_for_who_may_change_the_settings() -> None:
    with pytest.raises(Forbidden):
        replay_events(Principal(kind="staff", name="Anna"), FIRST, since=clock.now())


@pytest.mark.django_db(transaction=True)
def test_two_relays_at_once_have_each_effect_once() -> None:
    with transaction.atomic():
        announce(TESTER, *(lit(f"room-{number:02}") for number in range(40)))
    start, relayed = Barrier(2), []

    def relay() -> None:
        start.wait()
        try:
            while taken := relay_batch(limit=7):
                relayed.append(taken)
        finally:
            connection.close()

    threads = [Thread(target=relay) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    relay_batch()
    assert len(effects()) == 80
    assert FailedDelivery.objects.count() == 0
    assert OutboxEvent.objects.filter(relayed_at=None).count() == 0


@pytest.mark.django_db
def test_all_that_waits_is_handed_over_also_what_follows_from_it() -> None:
    announce(TESTER, *(lit(f"room {number}") for number in range(60)))
    assert relay_all() == 60
    assert len(effects()) == 120
    assert not OutboxEvent.objects.filter(relayed_at=None).exists()
    assert relay_all() == 0
