"""The rows of every model, in the order of their keys, some at a time; and what all of them together come to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from filo.config.dump.values import Column, line_of
from filo.foundation.ordered import OrderedValuesField

AT_ONCE = 2000
# What lets somebody in as it is, and what is true only of the processes that run here.
LEFT_OUT = {"sessions.Session", "accounts.UserSession", "accounts.AttemptCount", "health.ProcessBeat"}
Model = type[models.Model]
_TOP = 1 << 256


@dataclass
class Sum:
    """How many lines there were, and the sum of their SHA-256: the same in whatever order they come."""

    rows: int = 0
    total: int = 0

    def add(self, line: bytes) -> None:
        """One more."""
        self.rows += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(line).digest())) % _TOP

    @property
    def content(self) -> str:
        """The sum as it stands in the manifest."""
        return f"{self.total:064x}"


def kept_models(found: Iterable[Model]) -> dict[str, Model]:
    """Every model with a table of its own, by its name (`parties.Party`), but for what is left out."""
    own = {model._meta.label: model for model in found if model._meta.managed and not model._meta.proxy}
    return {label: own[label] for label in sorted(own.keys() - LEFT_OUT)}


def columns_of(model: Model) -> list[Column]:
    """Its columns, as they lie in its own table."""
    return list(model._meta.local_concrete_fields)


def lines_of(model: Model) -> Iterator[bytes]:
    """Its rows as lines."""
    names = [column.attname for column in columns_of(model)]
    in_order = [at for at, column in enumerate(columns_of(model)) if isinstance(column, OrderedValuesField)]
    key = names.index(str(model._meta.pk.attname))
    rows = model._base_manager.order_by("pk").values_list(*names)
    some = list(rows[:AT_ONCE])
    while some:
        for values in some:
            yield line_of(names, _with_pairs(values, in_order) if in_order else values)
        last: Any = some[-1][key]
        some = list(rows.filter(pk__gt=last)[:AT_ONCE]) if len(some) == AT_ONCE else []


def _with_pairs(values: tuple[Any, ...], places: Sequence[int]) -> tuple[Any, ...]:
    """Values whose order says something, as pairs: a line sorts its names."""
    return tuple(list(value.items()) if at in places and value else value for at, value in enumerate(values))


def sum_of(model: Model) -> Sum:
    """What the rows of a model come to."""
    found = Sum()
    for line in lines_of(model):
        found.add(line)
    return found
