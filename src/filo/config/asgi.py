"""What the server calls: sockets are served on the event loop, pages by Django's handler in threads."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from collections.abc import Awaitable, Callable

from django.apps import apps
from django.conf import settings
from django.urls import get_resolver

from filo.config import env
from filo.config.bridge import Bridge, Event, Receive, Send
from filo.config.roles import EVERYWHERE, LOOKING, answers
from filo.config.static_files import with_static_files
from filo.config.wsgi import application as django
from filo.foundation.push.hub import hub
from filo.foundation.push.protocol import FORBIDDEN
from filo.foundation.push.sockets import live

# Several processes share the work of PostgreSQL: more threads in each would only take its interpreter from each other.
THREADS = env.parsed("FILO_THREADS", 4 if settings.DATABASE.is_sqlite else 2, int, "a number of threads")
BODY_LIMIT: int = getattr(settings, "BODY_LIMIT", 64 * 1024 * 1024)
STOP_WITHIN = 5.0

http = Bridge(with_static_files(django), threads=max(1, THREADS), body_limit=BODY_LIMIT)
probes = Bridge(django, threads=2, body_limit=0)  # who watches is answered also when every page waits


async def application(scope: Event, receive: Receive, send: Send) -> None:
    """Serve one request, one socket, or the life of the process."""
    if scope["type"] == "http":
        await (probes if scope["path"] in EVERYWHERE else http)(scope, receive, send)
    elif scope["type"] == "websocket" and answers(scope["path"]):
        await (_line(scope["path"]))(scope, receive, send)
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": FORBIDDEN})
    elif scope["type"] == "lifespan":
        await _live_and_end(receive, send)


def _line(path: str) -> Callable[[Event, Receive, Send], Awaitable[None]]:
    """Which endpoint serves a socket: what changed on pages, or what is seen together."""
    if not path.startswith(LOOKING):
        return live
    from filo.collaborative.cobrowse.sockets import view  # holds models: loaded once the apps are

    return view


async def _live_and_end(receive: Receive, send: Send) -> None:
    await receive()
    _ = get_resolver().url_patterns  # the first visitor need not wait for the pages to be loaded
    gc.collect()
    gc.freeze()
    stop_beating = _beat()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    http.close()
    probes.close()
    threading.Thread(target=_end_anyway, daemon=True).start()
    await asyncio.get_running_loop().run_in_executor(None, stop_beating)
    await send({"type": "lifespan.shutdown.complete"})


def _beat() -> Callable[[], None]:
    """Say from now on that this process lives; gives how to say that it ends."""
    if not apps.is_installed("filo.foundation.health"):
        return lambda: None
    from filo.foundation.health.beating import Beating

    beating = Beating(settings.ROLE, sockets=hub.listening)
    beating.start()
    return beating.stop


def _end_anyway() -> None:
    """A request that never ends would keep the process, since Python joins its threads at exit."""
    threading.Event().wait(STOP_WITHIN)
    os._exit(0)
