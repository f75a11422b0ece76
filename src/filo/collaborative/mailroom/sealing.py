"""Keeps the passwords of mailboxes sealed."""

from __future__ import annotations

from filo.foundation.sealing import Seal

PASSWORDS = Seal("filo mailbox passwords 1")
