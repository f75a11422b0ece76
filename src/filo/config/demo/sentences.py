"""What colleagues write down about a customer, and plan to do: read from `sentences.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

Lines = Sequence[Sequence[str]]  # (subject, text), or (kind, title) of tasks


@cache
def sentences(about: str) -> Mapping[str, Lines]:
    """The lines for each beat: about a `shop`, the `public`, a `firm`; and the `agenda`."""
    found: Mapping[str, Mapping[str, Lines]] = tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    )
    return found[about]
