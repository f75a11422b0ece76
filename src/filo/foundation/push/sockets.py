"""The endpoints /ws/live of colleagues and /ws/visit of visitors: one WebSocket a page, which hears what changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from django.db import Error

from filo.foundation.push import handshake, identity
from filo.foundation.push.hub import hub
from filo.foundation.push.listener import Socket
from filo.foundation.push.protocol import FORBIDDEN, SIGNED_OUT, TRY_AGAIN, Event
from filo.foundation.push.threads import in_thread

PATHS = {"/ws/live", "/ws/visit"}
log = logging.getLogger(__name__)

Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]


async def live(scope: Event, receive: Receive, send: Send) -> None:
    """Serve one socket from its handshake to its end.

    A foreign origin or another path is refused with 403 before anything is accepted. Without a living session
    the socket is accepted and closed with 4401: a browser does not tell its page the status of a refusal.
    """
    await receive()
    if scope["path"] not in PATHS or not handshake.origin_is_ours(scope["headers"]):
        await send({"type": "websocket.close", "code": FORBIDDEN})
        return
    await send({"type": "websocket.accept"})
    try:
        await _serve(scope, receive, send)
    except Error as error:
        log.warning("the database does not answer (%s): a page has to connect again", error)
        await send({"type": "websocket.close", "code": TRY_AGAIN})


async def _serve(scope: Event, receive: Receive, send: Send) -> None:
    key = _key(scope)
    principal = await in_thread(identity.identify, key) if key else None
    if principal is None:
        await send({"type": "websocket.close", "code": SIGNED_OUT})
        return
    socket = Socket(send, session_key=key, principal=principal)
    await in_thread(hub.join, socket)
    try:
        await _until_one_ends(socket.hear(receive), socket.speak(), socket.watch())
    finally:
        hub.leave(socket)
    await socket.say_goodbye()


def _key(scope: Event) -> str:
    """Whose line it is: a colleague's session, or a visitor's secret."""
    if scope["path"] == "/ws/live":
        return handshake.session_key(scope["headers"])
    found = handshake.visitor_key(scope["headers"], scope.get("query_string", b""))
    return f"{identity.VISITOR}{found}" if found else ""


async def _until_one_ends(*parts: Awaitable[None]) -> None:
    tasks = [asyncio.ensure_future(part) for part in parts]
    try:
        done, _pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
