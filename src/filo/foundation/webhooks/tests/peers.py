"""Receivers on this machine that hear, and answer as they are told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Heard:
    """One request: when it came, its headers by their small names, its body."""

    at: float
    headers: dict[str, str]
    body: bytes


@dataclass
class Peer:
    """What came in, and how to answer: a status, or a function that is given the handler."""

    answer: int | Callable[[Any], object] = 200
    text: bytes = b"ok"
    heard: list[Heard] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"


@contextmanager
def receiving(answer: int | Callable[[Any], object] = 200, **facts: Any) -> Iterator[Peer]:
    """A receiver for as long as the block lasts."""
    peer = Peer(answer, **facts)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            named = {name.lower(): value for name, value in self.headers.items()}
            peer.heard.append(Heard(time.monotonic(), named, body))
            if callable(peer.answer):
                peer.answer(self)
                return
            self.send_response(peer.answer)
            self.send_header("Content-Length", str(len(peer.text)))
            self.end_headers()
            self.wfile.write(peer.text)

        def log_message(self, *_words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    peer.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield peer
    finally:
        server.shutdown()
        server.server_close()
