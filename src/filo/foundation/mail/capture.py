"""Where all mail leaves by: to the mail server, or into files when none is set."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage  # noqa: TID251 (its one way out)
from django.core.mail.backends.base import BaseEmailBackend  # noqa: TID251

from filo.foundation.ids import uuid7
from filo.foundation.mail.smtp import SmtpBackend


class EmailBackend(BaseEmailBackend):
    """Hands mail to `settings.SMTP_SERVER`; while that is None, keeps it as `.eml` files in OUTBOX_DIR."""

    def __init__(self, fail_silently: bool = False, **_ignored: object) -> None:
        super().__init__(fail_silently=fail_silently)
        server = getattr(settings, "SMTP_SERVER", None)
        self._smtp = SmtpBackend(server, fail_silently=fail_silently) if server else None

    def open(self) -> bool | None:
        return self._smtp.open() if self._smtp else None

    def close(self) -> None:
        if self._smtp:
            self._smtp.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send or keep each; gives how many."""
        if self._smtp:
            return self._smtp.send_messages(email_messages) or 0
        for message in email_messages:
            content = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own
            keep(content, Path(settings.OUTBOX_DIR))
        return len(email_messages)


def keep(content: bytes, folder: Path) -> Path:
    """Write a mail whole or not at all, for its owner's eyes only; gives the file."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{uuid7()}.eml"
    half = folder / f".{name}.part"
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return half.rename(folder / name)
