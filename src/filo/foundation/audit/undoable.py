"""Which acts can be taken back, and how: each topic names its own, when the program starts.

`undo_with("party", "party.edit", put_back_facts)`; the function is a verb. It gets who asks, the entry and
those of its values that still stand taken ({field: (before, after)}), puts back what is still as the entry
left it, and gives what became of each. It raises `DomainError` when nothing of it may be done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry

Values = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class PutBack:
    """The fields that were put back, those that were left because they were changed since, and those that must stay
    as they are, each with the sentence that says why.
    """

    taken: Collection[str] = ()
    left: Collection[str] = ()
    refused: Mapping[str, str] = field(default_factory=dict)


PuttingBack = Callable[[Principal, AuditEntry, Values], PutBack]
Refusing = Callable[[UUID], None]
_known: dict[tuple[str, str], PuttingBack] = {}
_refusing: list[Refusing] = []


def undo_with(kind: str, action: str, function: PuttingBack) -> None:
    """Say how an act on a kind of things is taken back."""
    _known[kind, action] = function


def putting_back(kind: str, action: str) -> PuttingBack | None:
    """How this act is taken back, or None where it cannot be."""
    return _known.get((kind, action))


def may_be_undone(kind: str, action: str) -> bool:
    """Whether there is a way back from this act."""
    return (kind, action) in _known


def refuse_with(function: Refusing) -> None:
    """Have a function look at each operation that is to be taken back; it raises `DomainError` for one that is a
    part of something larger, with a way back of its own.
    """
    _refusing.append(function)


def refuse_parts(operation: UUID) -> None:
    """Raises `DomainError` for an operation that is taken back elsewhere."""
    for function in _refusing:
        function(operation)


def still_there(values: Values, now: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """What to put back ({field: before}), where `now` is still what the act left; and the fields changed since.

    A field that is already as it was before is neither.
    """
    free = {name: before for name, (before, after) in values.items() if now.get(name) == after != before}
    since = [name for name, (before, after) in values.items() if now.get(name) not in (before, after)]
    return free, since
