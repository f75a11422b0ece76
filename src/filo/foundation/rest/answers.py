"""Answers in JSON: moments in UTC, ids as text, nothing that the browser may keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from pydantic_core import to_json


def as_json(found: Any) -> bytes:
    """JSON in UTF-8, as compact as it gets: ids and decimal numbers as text, moments in UTC with a Z.

    Raises TypeError for what has no place in an answer.
    """
    return to_json(found, fallback=_refuse)


def _refuse(value: Any) -> Any:
    raise TypeError(f"{type(value).__name__} has no place in an answer")


def moment(value: datetime | None) -> str | None:
    """ISO 8601 in UTC with a Z: 2026-03-14T09:30:00Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else None


def answer(found: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A JSON answer."""
    return HttpResponse(as_json(found), status=status, content_type="application/json", headers=dict(headers or {}))


def told_once(response: HttpResponse, *names: str) -> HttpResponse:
    """The same answer, of which these fields are secrets: no repetition of it tells them, and no record keeps them."""
    response.told_once = names  # type: ignore[attr-defined]
    return response


def no_content() -> HttpResponse:
    """Done, and nothing to tell."""
    return HttpResponse(status=204)
