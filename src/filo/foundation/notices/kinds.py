"""What people can be told: each topic declares its kinds of notices, and says who may see what they are about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from filo.foundation.access.principal import Principal

# The names of those of the ids that this principal may see; what is missing he may not see, or it is gone.
Seen = Callable[[Principal, Collection[UUID]], Mapping[UUID, str]]


@dataclass(frozen=True)
class Facts:
    """What a sentence is made of. `name` is what the notice is about, `actor` whoever did it ("Filo": nobody)."""

    name: str
    actor: str
    count: int
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """A button at a notice: its word, its icon, and the address it posts to."""

    label: str | Promise
    icon: str
    url: str


@dataclass(frozen=True)
class NoticeKind:
    """`sentence` tells it in the reader's language; `by_mail` and `by_browser` hold until a person chooses.

    `act` is what can be done about it in place, given the id of the subject.
    """

    code: str
    label: str | Promise
    icon: str
    sentence: Callable[[Facts], str]
    by_mail: bool = False
    by_browser: bool = True
    act: Callable[[UUID], Act] | None = field(default=None)


_kinds: dict[str, NoticeKind] = {}
_subjects: dict[str, Seen] = {}


def declare_kind(kind: NoticeKind) -> NoticeKind:
    """Make a kind of notice known; panels call this once, when the program starts."""
    _kinds[kind.code] = kind
    return kind


def kinds() -> list[NoticeKind]:
    """Every kind, in the order of declaration."""
    return list(_kinds.values())


def kind_named(code: str) -> NoticeKind | None:
    """The kind of this code; None when this version of Filo does not know it (any more)."""
    return _kinds.get(code)


def declare_subject(name: str, seen: Seen) -> None:
    """Say who may see things of this name, and what they are called: `seen(principal, ids)` in one query."""
    _subjects[name] = seen


def names_seen(principal: Principal, name: str, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """The names of those things that this principal may see now; nothing of a subject that nobody declared."""
    seen = _subjects.get(name)
    return seen(principal, ids) if seen and ids else {}
