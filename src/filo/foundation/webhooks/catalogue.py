"""The catalogue of events as people read it: by topic, in their language, each with an example."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext

from filo.foundation.events.base import event_kind
from filo.foundation.events.catalogue import EventField, EventType, event_types
from filo.foundation.webhooks.patterns import is_meant, topic_of
from filo.foundation.webhooks.words import topic_words

AN_ID = "0190b2a4-7c1e-7000-8000-5f3a9d1c2b4e"
_EXAMPLES: dict[Any, Any] = {
    str: "…",
    int: 3,
    bool: True,
    UUID: AN_ID,
    datetime: "2026-11-22T09:30:00Z",
    date: "2026-11-22",
}


@dataclass(frozen=True)
class Described:
    """An event type for people. `listeners` are functions of Filo, `webhooks` how many other programs are told."""

    type: str
    sentence: str
    fields: tuple[EventField, ...]
    listeners: tuple[str, ...]
    webhooks: int
    example: str


@dataclass(frozen=True)
class Topic:
    """The events about one kind of thing; `pattern` means all of them."""

    code: str
    title: str
    events: list[Described] = field(default_factory=list)

    @property
    def pattern(self) -> str:
        return f"{self.code}.*"


def topics(listening: Sequence[Sequence[str]] = ()) -> list[Topic]:
    """Everything that Filo announces; `listening` are the patterns of each webhook."""
    ours = [found for found in event_types() if ".tests." not in found.module]
    grouped = groupby(ours, key=lambda found: topic_of(found.type))
    return [Topic(code, topic_words(code), [_described(one, listening) for one in some]) for code, some in grouped]


def sentence_of(type_: str, doc: str) -> str:
    """What happened, in the reader's language; an event without a translation is told in English."""
    said = " ".join(doc.split())
    return gettext(said).replace("`", "") if said else type_


def _described(found: EventType, listening: Sequence[Sequence[str]]) -> Described:
    return Described(
        type=found.type,
        sentence=sentence_of(found.type, found.doc),
        fields=found.fields,
        listeners=tuple(name.removeprefix("filo.") for name in found.handlers),
        webhooks=sum(is_meant(found.type, patterns) for patterns in listening),
        example=json.dumps(example_of(found.type), indent=2, ensure_ascii=False),
    )


def example_of(type_: str) -> dict[str, Any]:
    """An event of this type as it would be sent, with made-up values."""
    kind = event_kind(type_)
    hints = get_type_hints(kind) if kind else {}
    data = {name: _example(hint) for name, hint in hints.items() if name != "type"}
    return {
        "specversion": "1.0",
        "id": AN_ID,
        "source": settings.SITE_URL,
        "type": type_,
        "subject": AN_ID,
        "time": datetime(2026, 11, 22, 9, 30, tzinfo=UTC).isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": data,
    }


def _example(hint: Any) -> Any:
    if hint in _EXAMPLES:
        return _EXAMPLES[hint]
    inner = [part for part in get_args(hint) if part not in (NoneType, Ellipsis)]
    if get_origin(hint) is Literal:
        return inner[0]
    if get_origin(hint) in (list, tuple):
        return [_example(inner[0])]
    return _example(inner[0]) if inner else None
