"""A filter as chips: each condition in words, with the filter that is left without it."""

from __future__ import annotations

from dataclasses import dataclass

from filo.foundation.access.principal import Principal
from filo.foundation.filters.fields import FilterSet, Known
from filo.foundation.filters.tree import Tree, joined, parts_of
from filo.foundation.filters.words import Wording


@dataclass(frozen=True)
class Chip:
    """One condition. `without` is the tree with it taken out (None when nothing is left); `path` is its place."""

    label: str
    words: str
    without: Tree | None
    path: str
    tree: Tree

    @property
    def sentence(self) -> str:
        """Both in one: *Area is North or South*."""
        return f"{self.label} {self.words}"


def chips_of(tree: Tree | None, filterset: FilterSet, principal: Principal) -> list[Chip]:
    """Each condition that must hold, in the reader's words. Raises `BadRequest` for what is not declared."""
    parts, wording = parts_of(tree), Wording(Known(filterset, principal), principal)
    found = []
    for place, part in enumerate(parts):
        label, words = wording.of(part)
        found.append(Chip(label, words, joined(parts[:place] + parts[place + 1 :]), str(place), part))
    return found
