"""The pages of the small site."""

from __future__ import annotations

import io
import json
import os
import threading
import time
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from filo.foundation.push.services import publish


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def echo(request: HttpRequest) -> HttpResponse:
    """What Django understood of the request."""
    known = {name: value for name, value in request.META.items() if isinstance(value, str)}
    body = {"length": len(request.body)} if request.method == "POST" else {}
    response = HttpResponse(json.dumps({"path": request.path, "secure": request.is_secure(), **known, **body}))
    response.set_cookie("one", "1")
    response.set_cookie("two", "2")
    return response


def upload(request: HttpRequest) -> HttpResponse:
    length = 0
    while part := request.read(65536):
        length += len(part)
    return HttpResponse(str(length))


def stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(b"x" * 65536 for _ in range(int(request.GET["parts"])))


def broken_stream(request: HttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[bytes]:
        yield b"x" * 65536
        raise RuntimeError("the export broke half-way")

    return StreamingHttpResponse(parts())


def file(request: HttpRequest) -> FileResponse:
    return FileResponse(io.BytesIO(b"y" * int(request.GET["size"])), filename="y.bin")


def slow(request: HttpRequest) -> HttpResponse:
    time.sleep(float(request.GET["seconds"]))
    return HttpResponse("done")


def line(request: HttpRequest) -> HttpResponse:
    """Which thread and which database connection answered."""
    connection.ensure_connection()
    return HttpResponse(f"{os.getpid()}-{threading.get_ident()} {id(connection.connection)}")


RECORD = """
globalThis.told = [];
document.addEventListener("filo:changed", (event) => told.push([event.target.id, event.detail]), true);
document.addEventListener("filo:signed-out", () => told.push(["", { kind: "signed-out" }]));
"""


def record_script(request: HttpRequest) -> HttpResponse:
    """Notes what each element is told."""
    return HttpResponse(RECORD, content_type="text/javascript")


def live_page(request: Any) -> HttpResponse:
    """A page of two parts that show one party, and one that shows another."""
    return HttpResponse(
        f"""<!doctype html><title>live</title>
        <meta name="filo-page" content="page-1"><meta name="filo-since" content="{request.push_since}">
        <script src="/record.js"></script><script type="module" src="/static/web/live.js"></script>
        <div id="all" data-live="party:rossi"></div>
        <div id="facts" data-live="party:rossi" data-live-kinds="facts names"></div>
        <div id="other" data-live="party:bianchi"></div>"""
    )


def since(request: HttpRequest) -> HttpResponse:
    """The last message when this page was begun."""
    return HttpResponse(str(getattr(request, "push_since", "none")))


def sign_in(request: HttpRequest) -> HttpResponse:
    request.session["name"], request.session["sees"] = request.GET["name"], request.GET["sees"]
    return HttpResponse("welcome")


def sign_out(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    return HttpResponse("bye")


def change(request: HttpRequest) -> HttpResponse:
    version, page = int(request.GET["version"]), request.headers.get("X-Filo-Page")
    publish(f"party:{request.GET['party']}", request.GET.get("kind", "changed"), version=version, by=page)
    return HttpResponse("changed")


urlpatterns = [
    path("hello", hello),
    path("echo", echo),
    path("caffè", echo),
    path("upload", upload),
    path("stream", stream),
    path("broken-stream", broken_stream),
    path("file", file),
    path("slow", slow),
    path("line", line),
    path("sign-in", sign_in),
    path("sign-out", sign_out),
    path("change", change),
    path("since", since),
    path("live-page", live_page),
    path("record.js", record_script),
]
