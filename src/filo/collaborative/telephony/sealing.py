"""Keeps the secrets of exchanges sealed."""

from __future__ import annotations

from filo.foundation.sealing import Seal

SECRETS = Seal("filo telephone secrets 1")
