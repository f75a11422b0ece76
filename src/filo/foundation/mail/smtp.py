"""The mail server: its address in one setting, and what a failure says about whether the mail has left."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend  # noqa: TID251 (its one way out)

SECONDS = 30


@dataclass(frozen=True)
class SmtpServer:
    """Where mail is handed over, and how."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool

    def __repr__(self) -> str:
        return f"SmtpServer({self.host}:{self.port})"


def smtp_server(url: str) -> SmtpServer:
    """FILO_SMTP_URL: smtp://user:password@host:587?starttls or smtps://user:password@host:465.

    Raises ValueError, without repeating what may hold a password.
    """
    parts = urlsplit(url)
    tls = parts.scheme == "smtps"
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/"):
        raise ValueError("not an address of a mail server")
    if parts.query not in ("", "starttls") or (tls and parts.query):
        raise ValueError("only ?starttls is understood, and only with smtp://")
    starttls = parts.query == "starttls"
    return SmtpServer(
        host=parts.hostname,
        port=parts.port or (465 if tls else 587 if starttls else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=starttls,
        tls=tls,
    )


class Outcome(Enum):
    """What can be said of a mail whose handing over failed."""

    NOT_SENT = "not sent, may be tried again"
    REFUSED = "refused for good"
    AMBIGUOUS = "perhaps sent"


class HandedOver(Exception):
    """The line broke after the text had gone over: the server may have taken the mail."""


class SomeRefused(Exception):
    """The server took the mail for some of its receivers; those it refused, with its reply codes, are the text."""


class SmtpBackend(DjangoBackend):
    """Django's SMTP backend, which also notices whether the text had gone over when the line broke."""

    def __init__(self, server: SmtpServer, *, fail_silently: bool = False) -> None:
        super().__init__(
            host=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.starttls,
            use_ssl=server.tls,
            timeout=SECONDS,
            fail_silently=fail_silently,
        )

    @property
    def connection_class(self) -> Any:
        return _WatchedTls if self.use_ssl else _Watched


class _Watching:
    """Turns a line that breaks while the text goes over, or before its answer, into `HandedOver`.

    Whom the server refuses among several is told by `SomeRefused` when the others have the mail.
    """

    def sendmail(self, *arguments: Any, **options: Any) -> Any:
        refused = super().sendmail(*arguments, **options)  # type: ignore[misc]
        if refused:
            raise SomeRefused("; ".join(f"{address}: {code}" for address, (code, _words) in refused.items()))
        return refused

    def data(self, message: Any) -> Any:
        try:
            return super().data(message)  # type: ignore[misc]
        except smtplib.SMTPDataError:
            raise
        except (smtplib.SMTPException, OSError) as error:
            raise HandedOver from error


class _Watched(_Watching, smtplib.SMTP):
    pass


class _WatchedTls(_Watching, smtplib.SMTP_SSL):
    pass


def outcome_of(error: Exception) -> Outcome:
    """What a failure to hand a mail over means: 4xx and a missing server are for later, 5xx is a no."""
    if isinstance(error, HandedOver):
        return Outcome.AMBIGUOUS
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Outcome.NOT_SENT  # the firm's settings are wrong, not the mail
    codes = _codes(error)
    if codes:
        return Outcome.REFUSED if all(500 <= code < 600 for code in codes) else Outcome.NOT_SENT
    if isinstance(error, smtplib.SMTPException | OSError):
        return Outcome.NOT_SENT
    return Outcome.REFUSED  # the mail itself cannot be written


def replied(error: Exception) -> str:
    """The server's reply codes ("550"), without its words, which repeat addresses."""
    return ", ".join(str(code) for code in _codes(error))


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [int(code) for code, _words in error.recipients.values()]
    return [int(error.smtp_code)] if isinstance(error, smtplib.SMTPResponseException) else []
