"""What was done is kept for thirty days, then forgotten."""

from __future__ import annotations

from datetime import timedelta

KEPT = timedelta(days=30)
