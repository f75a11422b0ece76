"""Which request the work at hand comes from: what it sets going later, in other processes too, keeps its id."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_request: ContextVar[UUID | None] = ContextVar("filo_request", default=None)


def request_at_work() -> UUID | None:
    """The id of the request under way, or of the one that set this job or event going; None without one."""
    return _request.get()


@contextmanager
def caused_by(request_id: UUID | None) -> Iterator[None]:
    """Within the block everything is done for this request."""
    token = _request.set(request_id)
    try:
        yield
    finally:
        _request.reset(token)
