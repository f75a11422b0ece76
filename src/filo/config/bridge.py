"""Carries a request from the event loop to Django's handler in a fixed pool of threads, and the answer back.

The body is read before a thread is taken, and the answer is complete before it is sent: no thread ever waits
for a client: a slow or vanished one costs none and cannot hold up the end of the process. Large bodies, both
ways, lie in temporary files. An answer that breaks half-way is a 500, not a file that looks whole.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import sys
import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import IO, Any
from urllib.parse import unquote_to_bytes
from wsgiref.util import FileWrapper

from filo.config.answers import CHUNK, IN_MEMORY, Answer, Application, answer_of, too_large

Event = MutableMapping[str, Any]  # ASGI's messages are open dictionaries
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]

DRAINED, DRAIN_WITHIN = 4, 30.0  # times the limit, seconds


class TooLarge(Exception):
    """The body is longer than the limit; `left` bytes may still be read, so that the client listens."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class Gone(Exception):
    """The client left before its request was complete."""


class Bridge:
    """An ASGI application for http around a WSGI application."""

    def __init__(self, application: Application, *, threads: int, body_limit: int) -> None:
        self._application = application
        self._limit = body_limit
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="request")

    async def __call__(self, scope: Event, receive: Receive, send: Send) -> None:
        try:
            body, length = await read_body(scope, receive, self._limit)
        except TooLarge as refused:
            await drain(receive, refused.left)
            await self._give(too_large(scope["path"], self._limit), receive, send)
            return
        except Gone:
            return
        loop = asyncio.get_running_loop()
        with body:
            environ = environ_of(scope, body, length)
            answer = await loop.run_in_executor(self._pool, answer_of, self._application, environ)
        await self._give(answer, receive, send)

    def close(self) -> None:
        """Take no more requests; those that are being answered end in their time."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _give(self, answer: Answer, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if answer.file is not None:
            await self._give_file(answer.body, answer.file, receive, send)
        else:
            await send({"type": "http.response.body", "body": answer.body})

    async def _give_file(self, chunk: bytes, file: IO[bytes], receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        left = asyncio.ensure_future(receive())  # it ends when the client leaves
        try:
            while chunk and not left.done():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
                chunk = await loop.run_in_executor(self._pool, file.read, CHUNK)
        finally:
            left.cancel()
            with contextlib.suppress(RuntimeError):  # the process ends: the pool takes no more work
                await loop.run_in_executor(self._pool, file.close)
        await send({"type": "http.response.body", "body": b""})


async def read_body(scope: Event, receive: Receive, limit: int) -> tuple[IO[bytes], int]:
    """The whole body and its length, on disk when it is large; raises `TooLarge` and `Gone`."""
    for name, value in scope["headers"]:
        if name == b"content-length" and int(value) > limit:
            raise TooLarge(int(value) if int(value) <= DRAINED * limit else 0)
    event = await _part(receive)
    if not event.get("more_body"):
        first = event.get("body", b"")
        return io.BytesIO(first), len(first)
    body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed by who answers)
    try:
        length = body.write(event["body"])
        while event.get("more_body"):
            event = await _part(receive)
            length += body.write(event.get("body", b""))
            if length > limit:
                raise TooLarge(DRAINED * limit)
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body, length


async def drain(receive: Receive, most: int) -> None:
    """Read on for a while: most clients, browsers too, hear a refusal only when they have sent everything."""
    with contextlib.suppress(Gone, TimeoutError):
        async with asyncio.timeout(DRAIN_WITHIN):
            while most > 0:
                event = await _part(receive)
                most = most - len(event.get("body", b"")) if event.get("more_body") else 0


async def _part(receive: Receive) -> Event:
    event = await receive()
    if event["type"] == "http.disconnect":
        raise Gone
    return event


def environ_of(scope: Event, body: IO[bytes], length: int) -> dict[str, Any]:
    """The request as WSGI (PEP 3333) says it; who asks, and whether by https, only the socket tells."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(scope["server"][0]),
        "SERVER_PORT": str(scope["server"][1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": str(scope["client"][0]),
        "REMOTE_PORT": str(scope["client"][1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileWrapper,
    }
    for name, value in scope["headers"]:
        key = variable(name)
        if key in environ:
            environ[key] += ("; " if key == "HTTP_COOKIE" else ",") + value.decode("latin-1")
        elif key:
            environ[key] = value.decode("latin-1")
    if length or "CONTENT_LENGTH" in environ:
        environ["CONTENT_LENGTH"] = str(length)
    return environ


@lru_cache(maxsize=256)
def variable(header: bytes) -> str:
    """A header's name in the environment; none for one with `_`, which would pass for another with `-`."""
    if b"_" in header:
        return ""
    name = header.decode("latin-1").upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
