"""What Django's handler gives, made ready to be sent: what is short in memory, what is long in a file."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import IO, Any, Protocol
from wsgiref.util import FileWrapper

IN_MEMORY = 1024 * 1024
CHUNK = 256 * 1024
log = logging.getLogger(__name__)


class Application(Protocol):
    """A WSGI application, as Django's handler is one (its types are wider than PEP 3333)."""

    def __call__(self, environ: dict[str, Any], start_response: Any, /) -> Iterable[Any]:
        """Answer a request."""


@dataclass
class Answer:
    """`body`, and after it the rest of `file` if there is one; who sends it closes the file."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    file: IO[bytes] | None = None


def answer_of(application: Application, environ: dict[str, Any]) -> Answer:
    """The handler's whole answer; a fault that it did not turn into a page itself is logged."""
    try:
        return _ask(application, environ)
    except Exception:
        log.exception("the answer to %s could not be made", environ["PATH_INFO"])
        return plain(500, b"Internal Server Error")


def _ask(application: Application, environ: dict[str, Any]) -> Answer:
    answer = Answer()

    def start(status: str, headers: list[tuple[str, str]], _fault: object = None) -> Callable[[bytes], object]:
        answer.status = int(status[:3])
        answer.headers = [(name.lower().encode("latin-1"), text.encode("latin-1")) for name, text in headers]
        return _never_write

    result = application(environ, start)
    if environ["REQUEST_METHOD"] == "HEAD":
        _close(result)
    elif isinstance(result, FileWrapper):
        _take_file(result, answer)
    else:
        _take_parts(result, answer)
    return answer


def _take_file(wrapper: FileWrapper, answer: Answer) -> None:
    """Leave a file where it is, unless one chunk is all of it; closing it closes Django's response."""
    answer.body = wrapper.filelike.read(CHUNK)
    if len(answer.body) == CHUNK:
        answer.file = wrapper.filelike
    else:
        wrapper.filelike.close()
        _add_length(answer, len(answer.body))


def _take_parts(parts: Iterable[bytes], answer: Answer) -> None:
    """Put the parts together, those beyond a megabyte in a temporary file."""
    kept: list[bytes] = []
    size = 0
    file: IO[bytes] | None = None
    try:
        for part in parts:
            size += len(part)
            if file is None and size > IN_MEMORY:
                file = tempfile.TemporaryFile()  # noqa: SIM115  (closed when it is sent)
                file.writelines(kept)
            (kept.append if file is None else file.write)(part)
    except BaseException:
        if file is not None:
            file.close()
        raise
    finally:
        _close(parts)
    if file is None:
        answer.body = b"".join(kept)
    else:
        file.seek(0)
        answer.body, answer.file = file.read(CHUNK), file
    _add_length(answer, size)


def _add_length(answer: Answer, size: int) -> None:
    known = any(name == b"content-length" for name, _text in answer.headers)
    if not known and answer.status >= 200 and answer.status not in (204, 304):
        answer.headers.append((b"content-length", str(size).encode()))


def _close(result: object) -> None:
    close = getattr(result, "close", None)
    if close is not None:
        close()


def _never_write(data: bytes) -> object:
    raise NotImplementedError("Django does not use WSGI's write()")


def too_large(path: str, limit: int) -> Answer:
    """The refusal of a body beyond `limit` bytes; a problem document for programs."""
    sentence = f"This is larger than the {limit // (1024 * 1024)} MB that are accepted at once."
    if not path.startswith("/api/"):
        return plain(413, sentence.encode())
    problem = {"type": "about:blank", "title": sentence, "status": 413, "code": "too-large"}
    return plain(413, json.dumps(problem).encode(), b"application/problem+json")


def plain(status: int, body: bytes, kind: bytes = b"text/plain; charset=utf-8") -> Answer:
    """An answer that needs no page."""
    return Answer(status, [(b"content-type", kind), (b"content-length", str(len(body)).encode())], body)
