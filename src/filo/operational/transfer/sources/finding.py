"""Finds the program that a file comes from by the set of its headers, asking every module of this directory."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache

from filo.operational.transfer import sources
from filo.operational.transfer.sources.base import Source, key


@cache
def all_sources() -> dict[str, Source]:
    """Every known export by its code: "hubspot.contacts"."""
    modules = [
        importlib.import_module(f"{sources.__name__}.{found.name}") for found in pkgutil.iter_modules(sources.__path__)
    ]
    return {known.code: known for module in modules for known in getattr(module, "SOURCES", ())}


@cache
def programs() -> dict[str, str]:
    """{code: name} of the programs, in the order of their names."""
    found = {known.program: known.name for known in all_sources().values()}
    return dict(sorted(found.items(), key=lambda pair: pair[1].lower()))


def source_with(headers: Sequence[str], *, program: str = "", kind: str = "") -> Source | None:
    """The export whose headers these are; of a named program the one that fits best, even when little fits."""
    there = {key(header) for header in headers}
    fitting = [
        ((_needed(known, there) == len(known.needs), len(there & known.columns.keys())), known)
        for known in all_sources().values()
        if (not program or known.program == program)
        and (not kind or known.kind in (kind, "parties"))
        and (program or all(set(need.split("|")) & there for need in known.needs))
    ]
    best = max(fitting, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0][1] else None


def _needed(known: Source, there: set[str]) -> int:
    """How many of the headers by which it is known are there."""
    return sum(bool(set(need.split("|")) & there) for need in known.needs)
