"""A mailbox on another server, looked at over IMAP: read only, its mails as they lie there."""

from __future__ import annotations

import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from cryptography.fernet import InvalidToken
from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from filo.collaborative.mailroom.folder import Folder, NotReached
from filo.collaborative.mailroom.models import Mailbox
from filo.collaborative.mailroom.sealing import PASSWORDS
from filo.foundation.egress import EgressFailed, EgressRefused, dialled, trusted

SECONDS = 30.0


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
