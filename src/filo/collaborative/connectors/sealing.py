"""Keeps the keys of back offices sealed."""

from __future__ import annotations

from filo.foundation.sealing import Seal

KEYS = Seal("filo back office keys 1")
