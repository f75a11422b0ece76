"""A mail server that takes every mail, takes its time over it, and counts what came in by subject."""

from __future__ import annotations

import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PAUSE = 0.02  # so that a kill finds one in the middle


@dataclass
class Sink:
    """How often each subject came in."""

    port: int = 0
    subjects: Counter[str] = field(default_factory=Counter)

    @property
    def url(self) -> str:
        """What FILO_SMTP_URL is set to."""
        return f"smtp://127.0.0.1:{self.port}"

    def of_run(self, run: str) -> Counter[str]:
        """What came in for one run."""
        return Counter({subject: times for subject, times in self.subjects.items() if subject.startswith(f"{run} ")})


@contextmanager
def listening() -> Iterator[Sink]:
    """A sink that listens within the block."""
    sink = Sink()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _talk(self, sink)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        server.handle_error = lambda *_of: None  # type: ignore[method-assign]  # a killed client says no good-bye
        sink.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield sink
        server.shutdown()


def _talk(talk: socketserver.StreamRequestHandler, sink: Sink) -> None:
    answers = {b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}
    talk.wfile.write(b"220 sink\r\n")
    while line := talk.rfile.readline():
        command = line[:4].upper()
        talk.wfile.write(answers.get(command, b"250 good\r\n"))
        if command == b"QUIT":
            return
        if command == b"DATA":
            subject = _subject_of(talk)
            time.sleep(PAUSE)
            if subject:
                sink.subjects[subject] += 1
                talk.wfile.write(b"250 taken\r\n")


def _subject_of(talk: socketserver.StreamRequestHandler) -> str:
    """The subject of a whole mail; empty when the line broke before its end."""
    subject = ""
    while (line := talk.rfile.readline()) != b".\r\n":
        if not line:
            return ""
        if line.lower().startswith(b"subject:"):
            subject = line[8:].decode().strip()
    return subject
