"""The catalogue says what each event is, from its class."""

from __future__ import annotations

from filo.foundation.events.base import event_kinds
from filo.foundation.events.catalogue import EventField, event_types
from filo.foundation.events.registry import load_handlers
from filo.foundation.events.tests.samples import LampLit
from filo.foundation.events.wire import readers


def test_an_event_is_described_with_its_fields_and_handlers() -> None:
    found = next(kind for kind in event_types() if kind.type == LampLit.type)
    assert found.doc == "A lamp was lit."
    assert found.fields == (EventField("lamp", "UUID", True), EventField("room", "str", True))
    assert [name.rsplit(".", 1)[1] for name in found.handlers] == ["note_first", "note_second"]


def test_every_event_of_the_house_holds_plain_fields_only_and_says_what_it_tells() -> None:
    load_handlers()
    for kind in event_kinds():
        readers(kind)
        assert kind.__doc__, kind
        assert not kind.__doc__.startswith(f"{kind.__name__}("), f"{kind.__name__} has no sentence"
        assert kind.subject is not None, kind


def test_two_plain_words_make_a_type() -> None:
    for kind in event_kinds():
        assert kind.type.count(".") == 1, kind.type
        assert kind.type == kind.type.lower()
