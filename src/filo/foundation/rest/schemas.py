"""The shapes of bodies and answers: what is not declared is refused, days and moments are read strictly."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, StrictBool, StrictInt


class Body(BaseModel):
    """What a caller sends: an unknown field is an error, never ignored."""

    model_config = ConfigDict(extra="forbid")

    def sent(self) -> dict[str, Any]:
        """Only the fields that were sent."""
        return self.model_dump(exclude_unset=True)


class Shape(BaseModel):
    """What an answer looks like, for the document; tests hold every answer against it."""

    model_config = ConfigDict(extra="forbid")


def _day(raw: Any) -> date:
    try:
        if not isinstance(raw, str) or len(raw) != 10:
            raise ValueError
        return date.fromisoformat(raw)
    except ValueError:
        raise ValueError(_("Write the date as year-month-day, for instance 1978-03-14.")) from None


def _moment(raw: Any) -> datetime:
    """Parsed here, since pydantic would take numbers and moments without a zone too."""
    try:
        if not isinstance(raw, str):
            raise ValueError
        found = datetime.fromisoformat(raw)
        if found.tzinfo is None:
            raise ValueError
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(_("Write the moment with its zone, for instance 2026-03-14T09:30:00Z.")) from None


Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]
Moment = Annotated[datetime, BeforeValidator(_moment, json_schema_input_type=datetime)]
YesNo = StrictBool
Whole = StrictInt


class Problem(BaseModel):
    """A refusal (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    fields: dict[str, list[str]] = {}
    differing: dict[str, dict[Literal["theirs", "yours"], Any]] = {}
    version: int = 0
    etag: str = ""
    scope: str = ""
