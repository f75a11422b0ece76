"""Reads bodies: JSON as the standard has it, and no characters that a database could not keep."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from filo.foundation.errors import BadRequest

# NUL ends a text in PostgreSQL; a lone half of a surrogate pair is no character and cannot be encoded.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


class BodyParser(Parser):
    """JSON without NaN and infinities, without unkeepable characters."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as data. Raises `BadRequest`."""
        try:
            found = json.loads(request.body.decode(), parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise BadRequest(_("The body is not valid JSON.")) from None
        refuse_unkeepable(found)
        return cast("dict[str, Any]", found)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def refuse_unkeepable(found: Any) -> None:
    """Raises `BadRequest` when a text anywhere in `found` holds what is no character."""
    if isinstance(found, str):
        if _UNKEEPABLE.search(found):
            raise BadRequest(_("A text holds something that is no character."))
    elif isinstance(found, dict):
        for key, value in found.items():
            refuse_unkeepable(key)
            refuse_unkeepable(value)
    elif isinstance(found, list):
        for value in found:
            refuse_unkeepable(value)
