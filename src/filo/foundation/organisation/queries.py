"""Reads of the firm's structure, small enough to be read whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.db.models import CharField, Model

from filo.foundation.errors import NotFound
from filo.foundation.organisation.models import Firm, Unit
from filo.foundation.prepared import Prepared, asked

Row = TypeVar("Row", bound=Model)


def the_firm() -> Firm | None:
    """The firm of this workspace, or None before the first start."""
    return Firm.objects.first()


def unit_and_below(unit: Unit) -> frozenset[UUID]:
    """The ids of a unit and of everything under it."""
    return frozenset(_AT_OR_BELOW.rows(path=unit.path))


_AT_OR_BELOW = Prepared(
    lambda: Unit.objects.order_by().values_list("id", flat=True).filter(path__startswith=asked("path", CharField()))
)


@dataclass
class Branch:
    """A unit with what is below it, by name."""

    unit: Unit
    below: list[Branch] = field(default_factory=list)


def unit_tree() -> list[Branch]:
    """The roots, each with its branches."""
    branches = {unit.id: Branch(unit) for unit in Unit.objects.order_by("name", "path")}
    roots: list[Branch] = []
    for branch in branches.values():
        parent = branches.get(branch.unit.parent_id) if branch.unit.parent_id else None
        (parent.below if parent else roots).append(branch)
    return roots


def units_in_order(*, without: Unit | None = None) -> list[tuple[Unit, int]]:
    """Every unit with its depth, as the tree reads; `without` leaves out that one and what is below it."""

    def walk(branches: list[Branch], depth: int) -> list[tuple[Unit, int]]:
        found = []
        for branch in branches:
            if without is None or branch.unit.id != without.id:
                found += [(branch.unit, depth), *walk(branch.below, depth + 1)]
        return found

    return walk(unit_tree(), 0)


def row_named(model: type[Row], row_id: UUID) -> Row:
    """One row of the structure. Raises `NotFound`."""
    found = model._default_manager.filter(pk=row_id).first()
    if found is None:
        raise NotFound
    return found


def is_in_use(row: Model) -> bool:
    """Whether any row of any table refers to this one."""
    for relation in row._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            model, name = relation.related_model, relation.field.name  # type: ignore[union-attr]
            if model._base_manager.filter(**{name: row.pk}).exists():  # type: ignore[union-attr]
                return True
    return False
