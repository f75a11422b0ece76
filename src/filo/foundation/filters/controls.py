"""A single condition as a form shows it: its operators, and the control that fits its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from filo.foundation.filters.fields import IN_DAYS, WITHOUT_VALUE, FilterField
from filo.foundation.filters.tree import Tree
from filo.foundation.filters.words import OPERATOR_LABELS

BOXES = 12  # as many choices as stand beside each other; more of them are a list
TURNED = ("is-not", "in")  # what the form says by “not”, and by more than one value


@dataclass(frozen=True)
class Condition:
    """A condition with all that its row needs. `group` is the number of the group it stands in."""

    field: FilterField
    number: int
    operator: str
    values: list[str]
    negative: bool
    group: int | None
    choices: list[tuple[str, str]]
    error: str = ""

    @property
    def name(self) -> str:
        """What its controls are called by."""
        return f"row-{self.number}"

    @property
    def operators(self) -> list[tuple[str, str]]:
        """What may be chosen between the field and the value."""
        return [(name, str(OPERATOR_LABELS[name])) for name in operators_of(self.field)]

    @property
    def control(self) -> str:
        """The control that fits: none, days, day, number, text, boxes, one or several."""
        return control_of(self.field, self.operator, len(self.choices))

    @property
    def text(self) -> str:
        """What one line of text shows of the values."""
        return ", ".join(self.values)

    def tree(self) -> Tree:
        """The condition in the language."""
        values = self.values
        if self.control == "text" and self.operator == "is" and "in" in self.field.operators:
            values = [found for value in values for part in value.split(",") if (found := part.strip())]
        node: dict[str, Any] = {"field": self.field.name, "op": self.operator}
        if self.operator == "is" and len(values) > 1 and "in" in self.field.operators:
            node |= {"op": "in", "value": values}
        elif self.operator not in WITHOUT_VALUE:
            node["value"] = values[0] if values else ""
        if not self.negative:
            return node
        return node | {"op": "is-not"} if node["op"] == "is" and "is-not" in self.field.operators else {"not": node}


def drawn(
    found: FilterField,
    choices: Sequence[tuple[str, str]],
    *,
    number: int,
    operator: str = "",
    values: list[str] | None = None,
    negative: bool = False,
    group: int | None = None,
) -> Condition:
    """The row of a field with these choices; an operator that it does not have becomes its first."""
    offered = operators_of(found)
    chosen = operator if operator in offered else offered[0]
    offers = list(choices) if chosen == "is" else []
    if offers:  # what is not offered any more is still asked for
        offers += [(value, value) for value in values or [] if value not in dict(choices)]
    return Condition(found, number, chosen, values or [], negative, group, offers)


def operators_of(found: FilterField) -> list[str]:
    """The operators that a form offers: “not” and several values are said otherwise."""
    return [name for name in found.operators if name not in TURNED] or ["is"]


def control_of(found: FilterField, operator: str, choices: int = 0) -> str:
    """The control that fits a field's value under an operator."""
    if operator in WITHOUT_VALUE:
        return "none"
    if operator in IN_DAYS:
        return "days"
    if found.choices and operator == "is":
        if "in" not in found.operators:
            return "one"
        return "boxes" if choices <= BOXES else "several"
    if operator in ("before", "after"):
        return "day"
    if operator in ("more", "less"):
        return "number"
    return found.shape
