"""The door at which mail arrives: SMTP, or LMTP for who says LHLO, for the configured mailboxes alone.

A mail is answered with 250 when it is on the disk and in the database, and not before. Mails that arrive together
are committed together.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import cast

from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

from filo.collaborative.mailroom.addressing import mailbox_for
from filo.collaborative.mailroom.batches import Batches, asked_apart
from filo.collaborative.mailroom.services.receiving import Delivery

LARGEST = 50 * 1024 * 1024
MOST_CALLERS, MOST_RECIPIENTS = 64, 100
log = logging.getLogger("filo.mailroom")


class Door(SMTP):
    """One conversation. Who says LHLO gets an answer for each recipient, as RFC 2033 has it."""

    line_length_limit = 1 << 16  # what is longer than the rules allow is read all the same
    is_lmtp = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """One caller more; when there are too many he is asked to come again."""
        self.event_handler.callers += 1
        if self.event_handler.callers > MOST_CALLERS:
            cast(asyncio.WriteTransport, transport).write(b"421 4.3.2 Too many callers, try again later\r\n")
            transport.close()
        else:
            super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """One caller less."""
        self.event_handler.callers -= 1
        if self.session is not None:
            super().connection_lost(error)

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, hostname: str) -> None:  # noqa: N802  (the name is the command)
        """The greeting of LMTP."""
        self.is_lmtp = True
        await self.smtp_EHLO(hostname)

    def _create_session(self) -> Session:
        session = super()._create_session()
        session.door = self  # type: ignore[attr-defined]  # the handler is told the session alone
        return session


class Handler:
    """What the door does with what callers say."""

    def __init__(self, batches: Batches) -> None:
        self._batches = batches
        self.callers = 0

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Only for mailboxes in use."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        try:
            found = await asyncio.to_thread(asked_apart, lambda: mailbox_for(address))
        except Exception:
            log.exception("A recipient could not be looked up.")
            return "451 4.3.0 Try again later"
        if found is None:
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        envelope.boxes = [*getattr(envelope, "boxes", []), (address, found)]  # type: ignore[attr-defined]
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Taken when it is kept."""
        raw = envelope.original_content or b""
        sender = (envelope.mail_from or "").strip("<>")
        found = [Delivery(raw, box, sender, address) for address, box in envelope.boxes]  # type: ignore[attr-defined]
        try:
            await self._batches.kept(found)
            answer = "250 2.0.0 Kept"
        except Exception:
            log.exception("A mail could not be kept.")
            answer = "451 4.3.0 Try again later"
        times = len(found) if session.door.is_lmtp else 1  # type: ignore[attr-defined]
        return "\r\n".join([answer] * times)


async def listen(host: str, port: int, *, ready: Callable[[str, int], None] = lambda _host, _port: None) -> None:
    """Answer callers until cancelled. Raises OSError when the port cannot be had."""
    batches = Batches()
    handler = Handler(batches)

    def door() -> Door:
        return Door(
            handler,
            data_size_limit=LARGEST,
            enable_SMTPUTF8=True,
            decode_data=False,
            hostname="filo",
            ident="Filo",
            timeout=120,
        )

    server = await asyncio.get_running_loop().create_server(door, host, port, backlog=256)
    keeper = asyncio.create_task(batches.run())
    try:
        address = server.sockets[0].getsockname()
        ready(address[0], address[1])
        await server.serve_forever()
    finally:
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper
