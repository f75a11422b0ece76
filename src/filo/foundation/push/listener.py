"""One open socket: what its page listens to, what it may hear, and in which order it is told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from filo.foundation.access.principal import Principal
from filo.foundation.push import identity, topics
from filo.foundation.push.hub import hub
from filo.foundation.push.protocol import (
    SIGNED_OUT,
    SILENT,
    TOO_SLOW,
    UNREADABLE,
    Ended,
    Event,
    Item,
    Listen,
    Reset,
    read_request,
)
from filo.foundation.push.queries import Message, latest_id, missed_messages, recent_messages
from filo.foundation.push.threads import in_thread

T = TypeVar("T")
PING_EVERY, SILENT_AFTER, SEND_WITHIN = 25.0, 70.0, 10.0
PRINCIPAL_FOR = 1.0
MOST_WAITING = 1000
LOOK_BACK = 10


class Socket:
    """Three tasks share it: `hear` reads the page, `speak` writes to it in order, `watch` ends it."""

    def __init__(self, send: Callable[[Event], Awaitable[None]], *, session_key: str, principal: Principal) -> None:
        self.session_key = session_key
        self._principal: Principal = principal
        self._identified_at = time.monotonic()
        self._send_event = send
        self._loop = asyncio.get_running_loop()
        self._heard_at = self._loop.time()
        self._waiting: deque[Item] = deque()
        self._something = asyncio.Event()
        self._over = asyncio.Event()
        self._topics: frozenset[str] = frozenset()
        self._told: deque[int] = deque(maxlen=1000)
        self._code = 0

    @property
    def principal(self) -> Principal:
        """Who it was when it was last asked."""
        return self._principal

    def offer(self, messages: list[Message]) -> None:
        """Queue messages for the page (called from the hub's thread)."""
        self._from_the_hub(self._queue, messages)

    def sign_out(self) -> None:
        """End the socket because its session has ended (called from the hub's thread)."""
        self._from_the_hub(self.end, SIGNED_OUT)

    async def hear(self, receive: Callable[[], Awaitable[Event]]) -> None:
        """Read what the page sends until it leaves."""
        while True:
            event = await receive()
            if event["type"] == "websocket.disconnect":
                return
            self._heard_at = self._loop.time()
            try:
                request = read_request(event)
            except ValueError:
                self.end(UNREADABLE)
                return
            if request is not None:
                self._queue([request])

    async def speak(self) -> None:
        """Tell the page what it may hear, in order, and that the line is alive."""
        with contextlib.suppress(Ended):
            while True:
                try:
                    async with asyncio.timeout(PING_EVERY):
                        await self._something.wait()
                except TimeoutError:
                    await self._ping()
                else:
                    await self._work_off()

    async def watch(self) -> None:
        """Wait until the socket has to be closed."""
        await self._over.wait()

    def end(self, code: int) -> None:
        """Close the socket with a code that tells the page why."""
        if not self._over.is_set():
            self._code = code
            self._over.set()

    async def say_goodbye(self) -> None:
        """Close with the code that tells why, if the page is still there."""
        if self._over.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(SEND_WITHIN):
                    await self._send_event({"type": "websocket.close", "code": self._code})

    async def _work_off(self) -> None:
        self._something.clear()
        while self._waiting:
            item = self._waiting.popleft()
            if isinstance(item, Listen):
                await self._start_listening(item)
            elif isinstance(item, Reset):
                await self._send({"kind": "reset"})
            else:
                await self._deliver([item, *self._taken_together()])

    def _taken_together(self) -> list[Message]:
        """The messages that wait right behind: their rights are asked in one go."""
        taken: list[Message] = []
        while self._waiting and isinstance(self._waiting[0], Message):
            taken.append(self._waiting.popleft())  # type: ignore[arg-type]  # it is a Message, as just seen
        return taken

    async def _start_listening(self, request: Listen) -> None:
        fresh = request.topics - self._topics
        allowed, missed, latest = await in_thread(self._catch_up, request, fresh)
        self._topics = allowed
        if missed is None:
            await self._send({"kind": "reset"})
        for message in missed or ():  # those that were told meanwhile are not told again
            if message.id not in self._told:
                await self._tell(message)
        await self._send({"kind": "listening", "id": latest})

    def _catch_up(self, request: Listen, fresh: frozenset[str]) -> tuple[frozenset[str], list[Message] | None, int]:
        self._identified_at = 0.0  # what was missed is told to whom it is now, not to whom it was a second ago
        allowed = self._allowed(request.topics)
        hub.listen(self, allowed)  # before reading: what is published meanwhile is then seen twice, never missed
        latest = latest_id()
        wanted = allowed & fresh
        if request.since is None:
            return allowed, self._as_told(recent_messages(wanted, seconds=LOOK_BACK)), latest
        missed = missed_messages(wanted, request.since)
        return allowed, None if missed is None else self._as_told(missed), latest

    async def _deliver(self, messages: list[Message]) -> None:
        news = [one for one in messages if one.id not in self._told and one.topic in self._topics]
        if not news:
            return
        for message in await in_thread(self._as_told, news):
            await self._tell(message)

    def _as_told(self, news: Sequence[Message]) -> list[Message]:
        """Those of the messages that may be heard, in order, with the content that their topics give them."""
        allowed = self._allowed(frozenset(message.topic for message in news))
        heard = [message for message in news if message.topic in allowed]
        by_topic: dict[str, list[Message]] = {}
        for message in heard:
            by_topic.setdefault(message.topic, []).append(message)
        data = {
            message.id: one
            for topic, these in by_topic.items()
            for message, one in zip(
                these, topics.filled(self._principal, topic, [(m.kind, m.data) for m in these]), strict=True
            )
        }
        return [replace(message, data=data[message.id]) for message in heard]

    def _allowed(self, asked: frozenset[str]) -> frozenset[str]:
        if time.monotonic() - self._identified_at >= PRINCIPAL_FOR:
            principal = identity.identify(self.session_key)
            if principal is None:
                raise self._signed_out()
            self._principal, self._identified_at = principal, time.monotonic()
        return frozenset(topic for topic in asked if topics.may_listen(self._principal, topic))

    def _signed_out(self) -> Ended:
        self.sign_out()
        return Ended(SIGNED_OUT)

    async def _ping(self) -> None:
        if self._loop.time() - self._heard_at > SILENT_AFTER:
            self.end(SILENT)
        await in_thread(self._allowed, frozenset())
        await self._send({"kind": "ping"})

    async def _tell(self, message: Message) -> None:
        self._told.append(message.id)
        told = {"id": message.id, "topic": message.topic, "kind": message.kind, "data": message.data}
        await self._send(told)

    async def _send(self, told: dict[str, object]) -> None:
        try:
            async with asyncio.timeout(SEND_WITHIN):
                await self._send_event({"type": "websocket.send", "text": json.dumps(told, separators=(",", ":"))})
        except TimeoutError:
            self.end(TOO_SLOW)
            raise Ended(TOO_SLOW) from None

    def _queue(self, items: Sequence[Item]) -> None:
        """A page that falls far behind is told to fetch everything anew, as its messages ask it anyway."""
        self._waiting.extend(items)
        if len(self._waiting) > MOST_WAITING:
            kept = [item for item in self._waiting if isinstance(item, Listen)]
            self._waiting = deque([*kept[-1:], Reset()])
        self._something.set()

    def _from_the_hub(self, call: Callable[[T], None], value: T) -> None:
        with contextlib.suppress(RuntimeError):  # the event loop has ended: the server stops
            self._loop.call_soon_threadsafe(call, value)
