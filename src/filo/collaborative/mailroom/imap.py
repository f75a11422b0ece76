"""A mailbox on another server, looked at over IMAP: read only, its mails as they lie there."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.fernet import InvalidToken
from imap_tools import AND, BaseMailBox
from imap_tools.errors import ImapToolsError

from filo.collaborative.mailroom.models import Mailbox
from filo.collaborative.mailroom.sealing import PASSWORDS
from filo.foundation.egress import EgressFailed, EgressRefused, dialled, trusted

SECONDS = 30.0
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_DATE = re.compile(rb'\bINTERNALDATE "([^"]+)"')


class NotReached(Exception):
    """The server was not reached or refused us; `reason` is a code of `words`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Lying:
    """A mail that lies in the folder, by its number there."""

    uid: int
    size: int
    at: datetime | None


@dataclass(frozen=True)
class Folder:
    """The folder that was opened."""

    box: BaseMailBox
    uidvalidity: int

    def after(self, uid: int, *, since: datetime | None = None) -> list[Lying]:
        """What lies there with a higher number, the lowest first; `since` leaves out what came days before."""
        wanted = AND(uid=f"{uid + 1}:*", date_gte=since.date()) if since else AND(uid=f"{uid + 1}:*")
        numbers = sorted(int(found) for found in self.box.uids(wanted))
        # "n:*" names the last one even when its number is lower than n.
        return list(self._told([number for number in numbers if number > uid]))

    def mails(self) -> int:
        """How many mails lie there."""
        return len(self.box.uids("ALL"))

    def raw(self, uid: int, *, heads_only: bool = False) -> bytes | None:
        """A mail as it lies there, or its heads; None when it went meanwhile. It stays unread."""
        part = "BODY.PEEK[HEADER]" if heads_only else "BODY.PEEK[]"
        return next((found for number, found in self._fetched([uid], part) if number == uid), None)

    def _told(self, uids: Sequence[int]) -> Iterator[Lying]:
        for first in range(0, len(uids), 500):
            for line in self._lines(uids[first : first + 500], "RFC822.SIZE INTERNALDATE"):
                uid, size = _UID.search(line), _SIZE.search(line)
                if uid and size:
                    yield Lying(int(uid.group(1)), int(size.group(1)), _moment(line))

    def _lines(self, uids: Sequence[int], what: str) -> list[bytes]:
        answer = self._ask(uids, what)
        return [line for line in answer if isinstance(line, bytes)]

    def _fetched(self, uids: Sequence[int], what: str) -> Iterator[tuple[int, bytes]]:
        answer = self._ask(uids, what)
        for place, found in enumerate(answer):
            if isinstance(found, tuple):
                after = answer[place + 1] if place + 1 < len(answer) else b""
                said = found[0] + (after if isinstance(after, bytes) else b"")
                if number := _UID.search(said):
                    yield int(number.group(1)), found[1]

    def _ask(self, uids: Sequence[int], what: str) -> list[bytes | tuple[bytes, bytes]]:
        if not uids:
            return []
        status, answer = self.box.client.uid("FETCH", ",".join(map(str, uids)), f"(UID {what})")
        if status != "OK":
            raise NotReached("refused")
        return [one for one in answer if one is not None]


class _Line(imaplib.IMAP4):
    """IMAP on a line that was judged before it was dialled."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        super().__init__(mailbox.imap_host, mailbox.imap_port, SECONDS)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        line = dialled(self._mailbox.imap_host, self._mailbox.imap_port, seconds=timeout or SECONDS)
        if self._mailbox.imap_tls == "tls":
            return trusted().wrap_socket(line, server_hostname=self._mailbox.imap_host)
        return line


class _Box(BaseMailBox):
    """imap-tools over our own line."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = _Line(self._mailbox)
        if self._mailbox.imap_tls == "starttls":
            client.starttls(trusted())
        return client


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[Folder]:
    """The folder of a mailbox, within the block. Raises `NotReached`, also for what goes wrong within."""
    try:
        box = _Box(mailbox)
        try:
            _log_in(box, mailbox)
            box.folder.set(mailbox.imap_folder, readonly=True)
            yield Folder(box, _uidvalidity(box))
        finally:
            _log_out(box)
    except EgressRefused as refusal:
        raise NotReached(refusal.reason) from None
    except EgressFailed as failure:
        raise NotReached(failure.reason) from None
    except ssl.SSLError:
        raise NotReached("not-trusted") from None
    except TimeoutError:
        raise NotReached("too-slow") from None
    except InvalidToken:
        raise NotReached("password-unreadable") from None
    except (imaplib.IMAP4.error, ImapToolsError):
        raise NotReached("refused") from None
    except (OSError, EOFError):
        raise NotReached("broken-off") from None


def _log_in(box: BaseMailBox, mailbox: Mailbox) -> None:
    try:
        box.login(
            mailbox.imap_user or mailbox.address, PASSWORDS.open_text(mailbox.sealed_password), initial_folder=None
        )
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, ImapToolsError):
        raise NotReached("sign-in-refused") from None


def _log_out(box: BaseMailBox) -> None:
    try:
        box.logout()
    except (imaplib.IMAP4.error, ImapToolsError, OSError):
        return


def _uidvalidity(box: BaseMailBox) -> int:
    _name, found = box.client.response("UIDVALIDITY")
    if not found or found[0] is None:
        raise NotReached("refused")
    return int(found[0])


def _moment(line: bytes) -> datetime | None:
    found = _DATE.search(line)
    if found is None:
        return None
    try:
        return datetime.strptime(found.group(1).decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(UTC)
    except (ValueError, UnicodeError):
        return None
