"""Keeps the keys of payment providers sealed."""

from __future__ import annotations

from filo.foundation.sealing import Seal

KEYS = Seal("filo payment keys 1")
