"""What is wrong with a field, as a sentence: pydantic's findings in the languages of the house."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

Finding = Mapping[str, Any]


def sentences_of(findings: Sequence[Finding]) -> dict[str, list[str]]:
    """{path of the field: its sentences}; a path reads `contact_points.0.type`, the whole body `body`."""
    found: dict[str, list[str]] = {}
    for finding in findings:
        told = found.setdefault(_path(finding["loc"]), [])
        sentence = _sentence(finding)
        if sentence not in told:
            told.append(sentence)
    return found


def _path(location: Sequence[Any]) -> str:
    """The location without what only the program calls so: the source, and the name of the body's parameter."""
    source, *rest = location
    if source == "body" and rest:
        rest = rest[1:]
    return ".".join(str(part) for part in rest) or str(source)


def _sentence(finding: Finding) -> str:
    kind, context = str(finding["type"]), finding.get("ctx", {})
    for prefix, told in _SENTENCES:
        if kind.startswith(prefix):
            return told(context)
    return _("This value cannot be right.")


def _choice(context: Mapping[str, Any]) -> str:
    names = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    return _("Choose one of: %(names)s.") % {"names": names}


def _own(context: Mapping[str, Any]) -> str:
    return str(context.get("error", "")) or _("This value cannot be right.")


# The first prefix that fits decides.
_SENTENCES: Sequence[tuple[str, Callable[[Mapping[str, Any]], str]]] = (
    ("missing", lambda _c: _("This is required.")),
    ("extra_forbidden", lambda _c: _("There is no such field.")),
    ("value_error", _own),
    ("literal_error", _choice),
    ("string_too_long", lambda c: _("At most %(limit)s characters.") % {"limit": c.get("max_length")}),
    ("string_too_short", lambda _c: _("This is required.")),
    ("string", lambda _c: _("Write text.")),
    ("bool", lambda _c: _("Write true or false.")),
    ("int", lambda _c: _("Write a whole number.")),
    ("float", lambda _c: _("Write a number.")),
    ("decimal", lambda _c: _("Write a number.")),
    ("greater_than", lambda c: _("Not less than %(limit)s.") % {"limit": c.get("ge", c.get("gt"))}),
    ("less_than", lambda c: _("Not more than %(limit)s.") % {"limit": c.get("le", c.get("lt"))}),
    ("too_long", lambda c: _("At most %(limit)s of these.") % {"limit": c.get("max_length")}),
    ("list", lambda _c: _("Write a list.")),
    ("uuid", lambda _c: _("Write an id (a UUID).")),
    ("dict", lambda _c: _("Write an object.")),
    ("model", lambda _c: _("Write an object.")),
)
