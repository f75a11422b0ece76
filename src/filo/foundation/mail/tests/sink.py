"""A mail server for tests on a free port, which takes every mail or misbehaves as it is told."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Sink:
    """What came in. `answers` replaces the reply to a command ("RCPT": "550 no such box"); the reply "drop"
    hangs up instead, and "END" is the reply to the dot that ends a mail.
    """

    answers: dict[str, str] = field(default_factory=dict)
    mails: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def listening(**answers: str) -> Iterator[Sink]:
    """A sink that listens within the block."""
    sink = Sink(answers={name.upper(): answer for name, answer in answers.items()})

    class Conversation(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _converse(self, sink)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.daemon_threads = True
        sink.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield sink
        server.shutdown()
        thread.join()


def _converse(talk: socketserver.StreamRequestHandler, sink: Sink) -> None:
    talk.wfile.write(b"220 sink\r\n")
    while line := talk.rfile.readline():
        command = line.split()[0].decode().upper().removesuffix(":") if line.split() else ""
        if command == "RCPT":
            sink.recipients.append(line.decode().split("<")[1].split(">")[0])
        if command == "RCPT" and sink.recipients[-1] in sink.refused:
            talk.wfile.write(b"550 no such box\r\n")
            continue
        known = {"DATA": "354 go on", "QUIT": "221 bye"}
        if not _answer(talk, sink.answers.get(command, known.get(command, "250 ok"))) or command == "QUIT":
            return
        if command == "DATA" and "DATA" not in sink.answers:
            sink.mails.append(_text(talk))
            if not _answer(talk, sink.answers.get("END", "250 taken")):
                return


def _answer(talk: socketserver.StreamRequestHandler, answer: str) -> bool:
    if answer == "drop":
        return False
    talk.wfile.write(f"{answer}\r\n".encode())
    return True


def _text(talk: socketserver.StreamRequestHandler) -> bytes:
    lines = []
    while (line := talk.rfile.readline()) not in (b".\r\n", b""):
        lines.append(line)
    return b"".join(lines)
