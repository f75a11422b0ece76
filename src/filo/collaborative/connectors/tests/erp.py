"""A back office for tests: a real HTTP server of some lines that speaks what `kinds/rest` documents."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "erp-key-of-tests"


@dataclass
class Erp:
    """What it has, in the order of its changes; `page`: how many rows it gives at once; `away`: answers 503."""

    changes: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    everything: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    got: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    page: int = 2
    away: bool = False
    address: str = ""

    def answer(self, subject: str, query: dict[str, list[str]]) -> dict[str, Any]:
        since = int(query.get("since", ["0"])[0] or 0)
        rows = self.changes.get(subject, [])
        found = rows[since : since + self.page]
        return {"items": found, "next": str(since + len(found)), "more": since + len(found) < len(rows)}


@contextmanager
def running() -> Iterator[Erp]:
    """One that listens on this machine until the end of the block."""
    erp = Erp()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _door(erp))
    erp.address = f"http://127.0.0.1:{server.server_port}/filo"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield erp
    finally:
        server.shutdown()
        server.server_close()


def _door(erp: Erp) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            split = urlsplit(self.path)
            parts = split.path.strip("/").split("/")[1:]
            if parts[1:] == ["all"]:
                if parts[0] not in erp.everything:
                    return self.say(404, {})
                return self.say(200, {"items": erp.everything[parts[0]], "more": False})
            return self.say(200, erp.answer(parts[0], parse_qs(split.query)))

        def do_PUT(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            subject = self.path.strip("/").split("/")[1]
            erp.got += [(subject, row) for row in body["items"]]
            self.say(200, {"refused": erp.refuses})

        def say(self, status: int, told: dict[str, Any]) -> None:
            if self.headers.get("Authorization") != f"Bearer {KEY}":
                status, told = 401, {}
            if erp.away:
                status, told = 503, {}
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: Any) -> None:
            """Nothing on the terminal of tests."""

    return Door
