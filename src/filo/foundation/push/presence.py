"""Who is here: the people whose pages listen to `presence:STATE:TOPIC`, told to one another and kept in no table.

Each process knows its own sockets and tells the others over the line that wakes them (PostgreSQL's NOTIFY or Redis;
with SQLite one process serves all pages). A page that closes is missed two seconds later, so that who only turns
the page does not seem to leave; a process that falls is missed when it has said nothing for a while.
"""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import uuid4

from filo.foundation.access.principal import Principal
from filo.foundation.push import topics
from filo.foundation.push.queries import Message

PREFIX, KIND = "presence", "presence"
STATES = ("looking", "editing")
GONE_AFTER, SAID_EVERY, LOST_AFTER = 2.0, 5.0, 15.0
MOST_NAMED = 20
Person = tuple[str, str, str]  # id, name, state


class Page(Protocol):
    """A socket, as far as presence knows it."""

    @property
    def principal(self) -> Principal:
        """Whose page it is."""


@dataclass
class _Open:
    """An open page, or one that closed a moment ago."""

    who: tuple[str, str]
    places: frozenset[tuple[str, str]]  # topic, state
    gone_at: float | None = None


class Roster:
    """Who looks at what and who edits it, as far as this process knows. Any thread may call it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = uuid4().hex
        self._here: dict[object, _Open] = {}
        self._elsewhere: dict[tuple[str, str], tuple[list[Person], float]] = {}
        self._changed: set[str] = set()
        self._to_say: dict[str, bool] = {}  # topic: whether the others are asked as well
        self._said_at = 0.0
        self._numbers = itertools.count(-1, -1)

    def enter(self, page: Page, heard: Collection[str]) -> None:
        """A page listens to these topics from now on; those that are no presence count as none."""
        places = frozenset(place for place in map(_place, heard) if place)
        principal = page.principal
        with self._lock:
            before = self._here.get(page)
            if principal.user_id is None or principal.viewed_by or not (places or before):
                return
            self._here[page] = _Open((str(principal.user_id), principal.name), places)
            self._note(places | (before.places if before else frozenset()), asks=True)

    def leave(self, page: object) -> None:
        """A page has closed."""
        with self._lock:
            if page in self._here:
                self._here[page].gone_at = time.monotonic() + GONE_AFTER

    def hear(self, text: str) -> None:
        """What another process said."""
        try:
            said = json.loads(text)
            process, topic, people = str(said["from"]), str(said["topic"]), [tuple(one) for one in said["here"]]
        except (ValueError, KeyError, TypeError):
            return
        if process == self._process:
            return
        with self._lock:
            known, _until = self._elsewhere.pop((process, topic), ([], 0.0))
            if people:
                self._elsewhere[process, topic] = people, time.monotonic() + LOST_AFTER
            if people != known:
                self._changed.add(topic)
            if said.get("asks") and any(topic == place for one in self._here.values() for place, _state in one.places):
                self._to_say.setdefault(topic, False)

    def news(self) -> list[Message]:
        """What open pages are to be told now."""
        with self._lock:
            self._forget_the_gone()
            changed, self._changed = self._changed, set()
            return [message for topic in sorted(changed) for message in self._messages(topic)]

    def sayings(self) -> list[str]:
        """What the other processes are to be told now."""
        with self._lock:
            now = time.monotonic()
            if now - self._said_at >= SAID_EVERY:
                self._said_at = now
                for one in self._here.values():
                    for topic, _state in one.places:
                        self._to_say.setdefault(topic, False)
            to_say, self._to_say = self._to_say, {}
            return [self._saying(topic, asks=asks) for topic, asks in to_say.items()]

    def is_settled(self) -> bool:
        """Whether nothing is left to be told, and nobody is about to be missed."""
        with self._lock:
            return not (self._changed or self._to_say or self._here)

    def _note(self, places: Collection[tuple[str, str]], *, asks: bool = False) -> None:
        for topic, _state in places:
            self._changed.add(topic)
            self._to_say[topic] = self._to_say.get(topic, False) or asks

    def _forget_the_gone(self) -> None:
        now = time.monotonic()
        for page, one in [pair for pair in self._here.items() if pair[1].gone_at is not None]:
            if one.gone_at is not None and one.gone_at <= now:
                del self._here[page]
                self._note(one.places)
        for (process, topic), (_people, until) in list(self._elsewhere.items()):
            if until <= now:
                del self._elsewhere[process, topic]
                self._changed.add(topic)

    def _people_here(self, topic: str) -> list[Person]:
        found = {(*one.who, state) for one in self._here.values() for place, state in one.places if place == topic}
        return sorted(found)[:MOST_NAMED]

    def _saying(self, topic: str, *, asks: bool) -> str:
        said: dict[str, Any] = {"from": self._process, "topic": topic, "here": self._people_here(topic)}
        return json.dumps(said | ({"asks": True} if asks else {}), separators=(",", ":"))

    def _messages(self, topic: str) -> list[Message]:
        """One for each state one may be in: a page listens to its own."""
        elsewhere = [
            one for (_process, told), (found, _until) in self._elsewhere.items() if told == topic for one in found
        ]
        people = sorted({*self._people_here(topic), *elsewhere})[:MOST_NAMED]
        data = {"here": json.dumps(people)}
        return [Message(next(self._numbers), f"{PREFIX}:{state}:{topic}", KIND, data) for state in STATES]


def _place(heard: str) -> tuple[str, str] | None:
    prefix, _colon, rest = heard.partition(":")
    state, _colon, topic = rest.partition(":")
    return (topic, state) if prefix == PREFIX and state in STATES else None


def _may_be_there(principal: Principal, reference: str) -> bool:
    """Who may hear of the thing itself."""
    state, _colon, topic = reference.partition(":")
    return state in STATES and not topic.startswith(f"{PREFIX}:") and topics.may_listen(principal, topic)


topics.register(PREFIX, _may_be_there)
