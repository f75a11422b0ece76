"""Answers in JSON: moments in UTC, ids as text, nothing that the browser may keep."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse


def as_json(found: Any) -> bytes:
    """JSON in UTF-8, as compact as it gets."""
    return json.dumps(found, default=_plain, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in an answer")


def moment(value: datetime | None) -> str | None:
    """ISO 8601 in UTC with a Z: 2026-03-14T09:30:00Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else None


def answer(found: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A JSON answer."""
    return HttpResponse(as_json(found), status=status, content_type="application/json", headers=dict(headers or {}))


def no_content() -> HttpResponse:
    """Done, and nothing to tell."""
    return HttpResponse(status=204)
