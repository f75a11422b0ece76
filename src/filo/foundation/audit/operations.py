"""One act, however many verbs it takes: what is recorded within the block bears one operation id."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from filo.foundation.ids import uuid7


@dataclass
class Operation:
    """What is under way: its id, which operation it takes back, and how many entries it has so far."""

    id: UUID = field(default_factory=uuid7)
    undoes: UUID | None = None
    written: int = 0


_current: ContextVar[Operation | None] = ContextVar("filo_operation", default=None)


def current_operation() -> Operation | None:
    """The act under way, or None where each record is an act of its own."""
    return _current.get()


@contextmanager
def one_operation(*, id: UUID | None = None, undoes: UUID | None = None) -> Iterator[Operation]:
    """Everything recorded in the block is one act; a block within another joins it, unless it takes one back.

    `id` is given by an act of several transactions, which a job may go on with in another process.
    """
    outer = _current.get()
    if outer is not None and undoes is None and id is None:
        yield outer
        return
    operation = Operation(id=id or uuid7(), undoes=undoes)
    token = _current.set(operation)
    try:
        yield operation
    finally:
        _current.reset(token)
