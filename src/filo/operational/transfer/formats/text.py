"""Text tables: CSV, TSV and their like, read as they are; whatever nobody else claims is tried as one."""

from __future__ import annotations

from filo.operational.transfer.unfolding import Format

FORMAT = Format("text", 99, lambda _head: True, None)
