"""What is published is told when, and only when, it is committed; the past is not news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from filo.foundation import clock
from filo.foundation.push.models import PushMessage
from filo.foundation.push.queries import latest_id, missed_messages, recent_messages
from filo.foundation.push.services import forget_old, publish

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_message_is_there_after_the_commit() -> None:
    with transaction.atomic():
        publish("party:1", "facts", version=3, by="page")
    [found] = recent_messages(["party:1"], seconds=5)
    assert (found.topic, found.kind, found.data) == ("party:1", "facts", {"version": 3, "by": "page"})
    assert found.id == latest_id()


def test_what_is_rolled_back_is_never_told() -> None:
    with transaction.atomic():
        publish("party:1", "facts")
        transaction.set_rollback(True)
    assert PushMessage.objects.count() == 0


def test_a_history_being_told_is_no_news() -> None:
    with clock.at(datetime(2024, 5, 1, tzinfo=UTC)):
        publish("party:1", "timeline")
    assert PushMessage.objects.count() == 0


def test_messages_of_yesterday_are_forgotten_but_for_the_newest() -> None:
    for kind in ("old", "older", "newest"):
        publish("party:1", kind)
    PushMessage.objects.update(at=timezone.now() - timedelta(hours=25))
    assert forget_old() == 2
    assert [message.kind for message in PushMessage.objects.all()] == ["newest"]
    assert forget_old() == 0


def test_what_was_missed_is_known_only_as_far_as_messages_reach() -> None:
    for number in range(4):
        publish("party:1" if number % 2 else "party:2", str(number))
    last = latest_id()
    missed = missed_messages(["party:1"], last - 3)
    assert missed is not None
    assert [message.kind for message in missed] == ["1", "3"]
    assert missed_messages(["party:1"], last) == []
    assert missed_messages(["party:1"], last + 1) is None
    PushMessage.objects.filter(id__lt=last).delete()
    missed = missed_messages(["party:1"], last - 1)
    assert missed is not None
    assert [message.kind for message in missed] == ["3"]
    assert missed_messages(["party:1"], last - 2) is None
