"""One a process: reads what is published and offers it to the sockets that listen."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection
from typing import Protocol

from django.db import Error, connections

from filo.foundation.access.principal import Principal
from filo.foundation.push import identity, wakeups
from filo.foundation.push.presence import Roster
from filo.foundation.push.queries import Message
from filo.foundation.push.reader import Reader

SESSIONS_EVERY = 0.6
TOGETHER = 0.02
AFTER_FAILURE = 1.0
log = logging.getLogger(__name__)


class Listener(Protocol):
    """A socket, as the hub knows it; both methods are called from the hub's thread and return at once."""

    session_key: str

    @property
    def principal(self) -> Principal:
        """Who stands behind it."""

    def offer(self, messages: list[Message]) -> None:
        """Take messages on topics it listens to."""

    def sign_out(self) -> None:
        """Its session has ended."""


class Hub:
    """Works in a thread of its own while anybody listens; with nobody there it asks the database nothing."""

    def __init__(self) -> None:
        self._table = threading.Lock()  # held for moments only: the event loop waits for it
        self._topics: dict[str, set[Listener]] = {}
        self._listeners: dict[Listener, set[str]] = {}
        self._reading = threading.Lock()  # held while the database answers: never taken by the event loop
        self._reader = Reader()
        self._somebody = threading.Event()
        self._thread: threading.Thread | None = None
        self._sessions_due = 0.0
        self._roster = Roster()

    def join(self, listener: Listener) -> None:
        """Take up a listener, who sees what is published from now on (where the database may be used)."""
        with self._reading:
            if not self._listeners:
                self._reader.start_here()
            with self._table:
                self._listeners[listener] = set()
            self._somebody.set()
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="push-hub", daemon=True)
                self._thread.start()

    def listen(self, listener: Listener, topics: Collection[str]) -> None:
        """Set the topics that a listener hears of, in place of the former ones.

        One who has left while his rights were asked stays away: nothing would ever take him out again.
        """
        with self._table:
            if listener not in self._listeners:
                return
            self._unlink(listener)
            self._listeners[listener] = set(topics)
            for topic in topics:
                self._topics.setdefault(topic, set()).add(listener)
            self._roster.enter(listener, topics)
        wakeups.wake_this_process()

    def leave(self, listener: Listener) -> None:
        """Forget a listener."""
        with self._table:
            self._unlink(listener)
            self._listeners.pop(listener, None)
            self._roster.leave(listener)
            if not self._listeners:
                self._somebody.clear()

    def listening(self) -> int:
        """How many listen."""
        return len(self._listeners)

    def look(self) -> None:
        """Offer what is new, and sign out the listeners whose session has ended."""
        with self._reading:
            found = self._reader.read() if self._listeners else []
        self._hand_out(self._offers(found + self._roster.news()))
        if time.monotonic() >= self._sessions_due:
            self._sessions_due = time.monotonic() + SESSIONS_EVERY
            self._sign_out_the_ended()

    def _unlink(self, listener: Listener) -> None:
        for topic in self._listeners.get(listener, ()):
            listening = self._topics.get(topic, set())
            listening.discard(listener)
            if not listening:
                self._topics.pop(topic, None)

    def _offers(self, found: list[Message]) -> dict[Listener, list[Message]]:
        offers: dict[Listener, list[Message]] = {}
        with self._table:
            for message in found:
                for listener in self._topics.get(message.topic, ()):
                    offers.setdefault(listener, []).append(message)
        return offers

    def _hand_out(self, offers: dict[Listener, list[Message]]) -> None:
        """Offer each his messages; whoever's session has ended meanwhile gets none and is signed out."""
        living = self._sign_out_the_ended_of(list(offers)) if offers else set()
        for listener, messages in offers.items():
            if listener.session_key in living:
                listener.offer(messages)

    def _sign_out_the_ended(self) -> None:
        with self._table:
            listeners = list(self._listeners)
        self._sign_out_the_ended_of(listeners)

    def _sign_out_the_ended_of(self, listeners: list[Listener]) -> set[str]:
        living = identity.living({listener.session_key for listener in listeners})
        for listener in listeners:
            if listener.session_key not in living:
                listener.sign_out()
        return living

    def _run(self) -> None:
        wakeup = wakeups.chosen()
        while True:
            if not self._somebody.is_set() and self._roster.is_settled():
                wakeup.rest()
                connections.close_all()
                self._somebody.wait()
            try:
                self.look()
                wakeup.say(self._roster.sayings())
            except Error as error:
                log.warning("the database does not answer (%s): open pages wait", error)
                connections.close_all()
                time.sleep(AFTER_FAILURE)
            wakeup.wait(max(0.0, min(wakeup.longest, self._sessions_due - time.monotonic())))
            for text in wakeup.heard():
                self._roster.hear(text)
            time.sleep(TOGETHER)  # what is published together is read together


hub = Hub()
