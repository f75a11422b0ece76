"""The endpoint /ws/view/SESSION: the customer's page says what happens on it, the console sees it and points.

Who comes in is asked when the socket opens and every second after: a stop, a sign-out or a lost right ends it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any, Literal
from uuid import UUID

from filo.collaborative.chat.models import Chat
from filo.collaborative.cobrowse.models import Looking
from filo.collaborative.cobrowse.queries.standing import agreed_looking
from filo.collaborative.cobrowse.relay import relay
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.foundation.push import handshake, identity
from filo.foundation.push.protocol import FORBIDDEN, SIGNED_OUT, UNREADABLE, Event
from filo.foundation.push.threads import in_thread

PREFIX = "/ws/view/"
ASKED_EVERY = 1.0
LONGEST, MOST_WAITING = 4 * 1024 * 1024, 2000
# What each side may say: the customer's page what it shows, the console where it points and that it sees all anew.
MAY_SAY = {"customer": {"events", "page"}, "operator": {"point", "whole"}}
Side = Literal["customer", "operator"]


async def view(scope: Event, receive: Callable[[], Awaitable[Event]], send: Callable[[Event], Awaitable[None]]) -> None:
    """Serve one socket."""
    await receive()
    looking_id = _id(scope["path"].removeprefix(PREFIX))
    if looking_id is None or not handshake.origin_is_ours(scope["headers"]):
        await send({"type": "websocket.close", "code": FORBIDDEN})
        return
    await send({"type": "websocket.accept"})
    side = await in_thread(side_of, scope["headers"], looking_id)
    if side is None:
        await send({"type": "websocket.close", "code": SIGNED_OUT})
        return
    await _Line(scope, send, looking_id, side).serve(receive)


class _Line:
    """One open socket: what it hears goes to the room, what the other side says comes from it."""

    def __init__(self, scope: Event, send: Callable[[Event], Awaitable[None]], looking_id: UUID, side: Side) -> None:
        self._scope, self._send, self._looking_id, self._side = scope, send, looking_id, side
        self._room = str(looking_id)
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Queue[str] = asyncio.Queue(maxsize=MOST_WAITING)
        self._code = 1000

    async def serve(self, receive: Callable[[], Awaitable[Event]]) -> None:
        relay.join(self._room, self._offered)
        tasks = [asyncio.ensure_future(part) for part in (self._hear(receive), self._speak(), self._watch())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            relay.leave(self._room, self._offered)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        with contextlib.suppress(Exception):
            await self._send({"type": "websocket.close", "code": self._code})

    def _offered(self, text: str) -> None:
        with contextlib.suppress(RuntimeError):  # the event loop has ended: the server stops
            self._loop.call_soon_threadsafe(self._take, text)

    def _take(self, text: str) -> None:
        """What the other side says; one's own is not told back. A page that falls far behind begins anew."""
        if text.startswith(f'{{"side":"{self._side}"'):
            return
        if self._waiting.full():
            while not self._waiting.empty():
                self._waiting.get_nowait()
            relay.say(self._room, json.dumps({"side": self._side, "what": "whole"}, separators=(",", ":")))
            return
        self._waiting.put_nowait(text)

    async def _hear(self, receive: Callable[[], Awaitable[Event]]) -> None:
        while True:
            event = await receive()
            if event["type"] == "websocket.disconnect":
                return
            told = self._readable(event.get("text") or "")
            if told is None:
                self._code = UNREADABLE
                return
            said = {"side": self._side} | told
            relay.say(self._room, json.dumps(said, separators=(",", ":"), ensure_ascii=False))

    def _readable(self, text: str) -> dict[str, Any] | None:
        if len(text) > LONGEST:
            return None
        try:
            told = json.loads(text)
        except ValueError:
            return None
        if not isinstance(told, dict) or told.get("what") not in MAY_SAY[self._side]:
            return None
        told.pop("side", None)
        return told

    async def _speak(self) -> None:
        while True:
            text = await self._waiting.get()
            await self._send({"type": "websocket.send", "text": text})

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(ASKED_EVERY)
            if await in_thread(side_of, self._scope["headers"], self._looking_id) != self._side:
                self._code = SIGNED_OUT
                return


def side_of(headers: handshake.Headers, looking_id: UUID) -> Side | None:
    """Which side of a stretch that goes on this browser is; None where it has nothing to do with it."""
    given = list(headers)
    looking = agreed_looking(looking_id)
    if looking is None:
        return None
    key = handshake.visitor_key(given, b"")
    visitor = identity.identify(f"{identity.VISITOR}{key}") if key else None
    if visitor is not None and visitor.also.get("visitor") == looking.chat.visitor_id:
        return "customer"
    return "operator" if _may_look(given, looking) else None


def _may_look(headers: handshake.Headers, looking: Looking) -> bool:
    key = handshake.session_key(headers)
    principal = identity.identify(key) if key else None
    if principal is None:
        return False
    chat = Chat.objects.visible_to(principal).select_related("conversation").filter(pk=looking.chat_id).first()
    return chat is not None and CONVERSATION_EDITED.allows(principal, chat.conversation)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
