"""An error told without what it was about: its type and its place, never its message."""

from __future__ import annotations

import traceback
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
DEEPEST = 5


def trace_of(error: BaseException) -> str:
    """The type of an error and the last places it came through; messages may hold names and addresses."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    return "\n".join([name, *(f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames)])


def _place(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(PACKAGE):
        return str(path.relative_to(PACKAGE.parent))
    return "/".join(path.parts[-2:])
