"""What a check knows of an article, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Known:
    """What a check has to know of an article."""

    title: str
    state: str
    audience: str
    valid_to: date | None
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """Something to mend; a hint does not keep a tree from being published. `node` is empty for the tree itself."""

    node: str
    code: str
    sentence: str
    weight: Literal["stop", "hint"] = "stop"
