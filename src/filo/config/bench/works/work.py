"""What a kind of work is: a code, words, who does it, and what it asks of the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from filo.config.bench.wire import Caller

EVERYBODY = ("all", "unit", "own")


@dataclass(frozen=True)
class Work:
    """Done by the people of `scopes`, each scope measured by itself."""

    code: str
    says: str
    ask: Callable[[Caller], str | None]
    scopes: tuple[str, ...] = EVERYBODY
