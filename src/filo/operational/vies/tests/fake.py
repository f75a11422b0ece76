"""VIES as its documentation describes it, over HTTP on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Vies:
    """What it knows, and what it was asked. error: the code that it answers with instead of an answer."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[str, str]] = {}
        self.error = ""
        self.requesters: set[str] = set()
        self.raw: tuple[int, bytes] | None = None
        self.asked: list[tuple[str, Any]] = []
        self.url = ""

    def of_get(self, path: str) -> dict[str, Any]:
        """GET ms/COUNTRY/vat/NUMBER."""
        _empty, _ms, country, _vat, number = path.split("/")
        if self.error:
            return {"isValid": False, "requestDate": _DAY, "userError": self.error, "vatNumber": number}
        name, address = self.known.get(country + number, ("---", "---"))
        valid = country + number in self.known
        return {
            "isValid": valid,
            "requestDate": _DAY,
            "userError": "VALID" if valid else "INVALID",
            "name": name,
            "address": address,
            "requestIdentifier": "",
            "originalVatNumber": number,
            "vatNumber": number,
        }

    def of_post(self, body: dict[str, str]) -> dict[str, Any]:
        """POST check-vat-number."""
        who = body.get("requesterMemberStateCode", "") + body.get("requesterNumber", "")
        error = self.error or ("INVALID_REQUESTER_INFO" if who not in self.requesters else "")
        if error:
            return {"actionSucceed": False, "errorWrappers": [{"error": error}]}
        key = body["countryCode"] + body["vatNumber"]
        name, address = self.known.get(key, ("---", "---"))
        return {
            "countryCode": body["countryCode"],
            "vatNumber": body["vatNumber"],
            "requestDate": _DAY,
            "valid": key in self.known,
            "requestIdentifier": "WAPIAAAAYmRhxd2B",
            "name": name,
            "address": address,
        }


_DAY = "2026-11-29T12:00:00.000Z"


@contextmanager
def serving() -> Iterator[Vies]:
    """It listens on a port of its own."""
    found = Vies()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append((self.path, None))
            self._say(found.of_get)

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found.asked.append((self.path, body))
            self._say(lambda _path: found.of_post(body))

        def _say(self, answer: Any) -> None:
            status, content = found.raw or (200, json.dumps(answer(self.path)).encode())
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()
