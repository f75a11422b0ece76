"""Reads of the firm's structure, small enough to be read whole."""

from __future__ import annotations

from uuid import UUID

from filo.foundation.organisation.models import Firm, Unit


def the_firm() -> Firm | None:
    """The firm of this workspace, or None before the first start."""
    return Firm.objects.first()


def unit_and_below(unit: Unit) -> frozenset[UUID]:
    """The ids of a unit and of everything under it."""
    return frozenset(Unit.objects.filter(path__startswith=unit.path).values_list("id", flat=True))
