"""The kinds that there are, found by directory."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from filo.collaborative.connectors import kinds
from filo.collaborative.connectors.contract import BackOffice


@cache
def all_kinds() -> dict[str, type[BackOffice]]:
    """Every kind by its code."""
    found: dict[str, type[BackOffice]] = {}
    for module in pkgutil.iter_modules(kinds.__path__):
        if module.ispkg:
            connector = import_module(f"{kinds.__name__}.{module.name}.connector").Connector
            found[connector.kind] = connector
    return found
