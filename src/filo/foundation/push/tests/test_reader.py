"""The hub reads each message once, those that become visible late included."""

from __future__ import annotations

import pytest

from filo.foundation.push.models import PushMessage
from filo.foundation.push.reader import Reader

pytestmark = pytest.mark.django_db


def _write(*ids: int) -> None:
    for number in ids:
        PushMessage.objects.create(id=number, topic="party:1", kind="facts")


def _read(reader: Reader) -> list[int]:
    return [message.id for message in reader.read()]


def test_it_begins_with_what_comes_after() -> None:
    _write(1, 2)
    reader = Reader()
    reader.start_here()
    assert _read(reader) == []
    _write(3)
    assert _read(reader) == [3]
    assert _read(reader) == []


def test_a_lower_id_that_is_visible_later_is_read_once() -> None:
    reader = Reader()
    reader.start_here()
    _write(1, 4)
    assert _read(reader) == [1, 4]
    _write(3)
    assert _read(reader) == [3]
    _write(2, 5)
    assert _read(reader) == [2, 5]
    assert _read(reader) == []


def test_an_id_that_was_on_its_way_when_it_began_is_read() -> None:
    _write(7, 9)
    reader = Reader()
    reader.start_here()
    _write(8)
    assert _read(reader) == [8]


def test_an_id_that_never_comes_is_waited_for_no_longer_than_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filo.foundation.push.reader.WAIT_FOR_LATE", 0.0)
    reader = Reader()
    reader.start_here()
    _write(1, 3)
    assert _read(reader) == [1, 3]
    _write(2)
    assert _read(reader) == []
