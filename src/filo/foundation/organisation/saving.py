"""Saves a row of the structure that carries a version, so that nobody overwrites unseen."""

from __future__ import annotations

from collections.abc import Mapping

from filo.foundation.errors import Stale
from filo.foundation.organisation.models import CompanyLook, Firm, Unit

Versioned = Firm | Unit | CompanyLook


def changes_of(row: Versioned, wanted: Mapping[str, object], version: int) -> dict[str, tuple[object, object]]:
    """What differs, as (before, after); raises `Stale` when somebody saved first."""
    changes = {name: (getattr(row, name), value) for name, value in wanted.items() if getattr(row, name) != value}
    if version != row.version:
        raise Stale(changes, version=row.version)
    return changes


def store(row: Versioned, wanted: Mapping[str, object]) -> None:
    """Write what is wanted as the next version."""
    for name, value in wanted.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*wanted, "version"])
