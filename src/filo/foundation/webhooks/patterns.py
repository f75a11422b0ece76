"""Which events are meant: all (`*`), those of a topic (`party.*`), or one type (`task.done`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from filo.foundation.errors import InvalidFields
from filo.foundation.events.base import event_kinds
from filo.foundation.events.registry import load_handlers

EVERYTHING = "*"
MOST = 200
_FORM = re.compile(r"\*|[a-z][a-z0-9-]{0,38}\.(?:\*|[a-z][a-z0-9-]{0,38})")


def is_meant(type_: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns means this type."""
    wanted = {EVERYTHING, type_, f"{topic_of(type_)}.*"}
    return any(pattern in wanted for pattern in patterns)


def topic_of(type_: str) -> str:
    """party, of party.created and of party.*"""
    return type_.partition(".")[0]


def as_condition(patterns: Iterable[str]) -> Q:
    """The patterns as a condition on rows with a `type`."""
    condition = Q(pk__in=[])
    for pattern in patterns:
        if pattern == EVERYTHING:
            return Q()
        condition |= Q(type__startswith=pattern[:-1]) if pattern.endswith(".*") else Q(type=pattern)
    return condition


def checked(field: str, patterns: Sequence[str]) -> list[str]:
    """The patterns, each once and without those that a wider one makes idle.

    Raises `InvalidFields` with `field` when there is none, or one means no event that there is.
    """
    found = list(dict.fromkeys(pattern.strip() for pattern in patterns))
    if not found:
        raise InvalidFields({field: _("Choose at least one kind of event.")})
    unknown = [pattern for pattern in found[:MOST] if pattern not in known()]
    if unknown or len(found) > MOST:
        names = ", ".join(pattern[:80] for pattern in unknown[:5])
        raise InvalidFields({field: _("There are no such events: %(names)s.") % {"names": names}})
    if EVERYTHING in found:
        return [EVERYTHING]
    return sorted(p for p in found if p.endswith(".*") or f"{topic_of(p)}.*" not in found)


def readable(patterns: Sequence[str]) -> bool:
    """Whether these are patterns by their writing, also of events that are no more."""
    return len(patterns) <= MOST and all(_FORM.fullmatch(pattern) for pattern in patterns)


def known() -> set[str]:
    """Every pattern that means something: all, each topic, each type."""
    load_handlers()
    types = {kind.type for kind in event_kinds()}
    return {EVERYTHING} | types | {f"{topic_of(type_)}.*" for type_ in types}
