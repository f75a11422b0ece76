"""The lists that can be taken out, which apps declare in their `exportable.py`."""

from __future__ import annotations

from functools import cache

from filo.foundation.events.registry import import_from_apps


@cache
def load_exportables() -> None:
    """Import `exportable.py` of every app of Filo, once."""
    import_from_apps("exportable")
