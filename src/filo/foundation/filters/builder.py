"""The form that builds a filter: what it asks for, read from an address or from the form itself, and the tree it makes.

A condition of the form is `row-N-field`, `-op`, `-value` (several), `-not`, `-group`; a group is `group-N-join` and
`-not`; what the form cannot draw is kept as `written`. Fields that are asked for apart (*quick*) are plain parameters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import BadRequest
from filo.foundation.filters.asking import query_of, tree_of
from filo.foundation.filters.controls import TURNED, Condition, drawn
from filo.foundation.filters.fields import IN_DAYS, WITHOUT_VALUE, FilterField, FilterSet
from filo.foundation.filters.tree import MAX_CONDITIONS, Tree, compile_tree, group_of, joined, parse, parts_of
from filo.foundation.filters.words import Wording, turned

_ROW = re.compile(r"row-([0-9]{1,3})-field")
_GROUP = re.compile(r"group-([0-9]{1,3})-join")
_ACT = re.compile(r"(add|drop|group|ungroup|unwrite|show|again)(?::([0-9]{1,3}))?")
Query = MultiValueDict[str, str]


@dataclass(frozen=True)
class Group:
    """Conditions of which any, or all, must hold."""

    number: int
    any: bool
    negative: bool
    rows: list[Condition]

    @property
    def name(self) -> str:
        """What its controls are called by."""
        return f"group-{self.number}"


@dataclass(frozen=True)
class Kept:
    """A part that is too deep to be drawn."""

    number: int
    words: str
    text: str


@dataclass
class Builder:
    """The state of the form. `quick` is what the plain fields hold, `here` the place that was asked for."""

    filterset: FilterSet
    principal: Principal
    quick: dict[str, list[str]] = field(default_factory=dict)
    rows: list[Condition] = field(default_factory=list)
    groups: dict[int, tuple[bool, bool]] = field(default_factory=dict)
    written: list[Tree] = field(default_factory=list)
    here: str = ""
    _choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @cached_property
    def known(self) -> dict[str, FilterField]:
        """The fields it may offer."""
        return self.filterset.known_to(self.principal)

    def choices(self, name: str) -> list[tuple[str, str]]:
        """What a field may be chosen from, read once."""
        found = self.known.get(name)
        if name not in self._choices:
            self._choices[name] = found.choices(self.principal) if found and found.choices else []
        return self._choices[name]

    def has_apart(self, name: str, value: str) -> bool:
        """Whether a field with a control of its own can show this value there."""
        found = self.known.get(name)
        choices = dict(self.choices(name))
        return found is not None and (not found.choices or (len(choices) > 1 and value in choices))

    @property
    def top(self) -> list[Condition]:
        """The conditions in no group."""
        return [row for row in self.rows if row.group not in self.groups]

    @property
    def drawn_groups(self) -> list[Group]:
        """The groups with their conditions."""
        return [
            Group(number, any_of, negative, [row for row in self.rows if row.group == number])
            for number, (any_of, negative) in sorted(self.groups.items())
        ]

    @property
    def kept(self) -> list[Kept]:
        """What is not drawn, in words."""
        wording = Wording(self.known, self.principal)
        return [
            Kept(number, wording.sentence(part), json.dumps(part, ensure_ascii=False))
            for number, part in enumerate(self.written)
        ]

    @property
    def next_row(self) -> int:
        """A number that no condition has."""
        return max((row.number for row in self.rows), default=-1) + 1

    @property
    def wrong(self) -> bool:
        """Whether a condition was refused."""
        return any(row.error for row in self.rows)

    def tree(self) -> Tree | None:
        """The tree that the form stands for. Raises `BadRequest`."""
        quick = MultiValueDict({name: list(values) for name, values in self.quick.items()})
        parts = parts_of(tree_of(quick, self.filterset, self.principal))
        parts += [row.tree() for row in self.top]
        for group in self.drawn_groups:
            inner: Tree = {"or" if group.any else "and": [row.tree() for row in group.rows]}
            if group.rows:
                parts.append({"not": inner} if group.negative else inner)
        return joined(parts + self.written)

    def address(self) -> list[tuple[str, str]] | None:
        """The address of what was asked for; None when a condition is refused, which then tells why."""
        self.rows = [self._judged(row) for row in self.rows]
        if self.wrong:
            return None
        tree = self.tree()
        compile_tree(tree, self.filterset, self.principal)
        return query_of(tree)

    def _judged(self, row: Condition) -> Condition:
        if row.operator not in WITHOUT_VALUE and not row.values:
            return replace(row, error=_("Choose or write what it is compared with."))
        try:
            compile_tree(row.tree(), self.filterset, self.principal)
        except BadRequest:
            return replace(row, error=_wanted(row))
        return row


def _wanted(row: Condition) -> str:
    """What is to be written instead of what was refused."""
    if row.operator in IN_DAYS:
        return _("Write a number of days, for instance 30.")
    if row.field.shape == "number":
        return _("Write a number, for instance 1250.")
    if row.field.shape == "day":
        return _("Choose a day.")
    return _("“%(name)s” does not understand this value.") % {"name": row.field.label}


def opened(tree: Tree | None, filterset: FilterSet, principal: Principal, quick: Quick, at: str = "") -> Builder:
    """The form for a tree, at the part with this path. Raises `BadRequest` for what is not declared."""
    compile_tree(tree, filterset, principal)
    builder = Builder(filterset, principal)
    for place, part in enumerate(parts_of(tree)):
        here = at == str(place)
        name = quick.holds(part)
        if name and name not in builder.quick and builder.has_apart(name, str(part["value"])):
            builder.quick[name] = [quick.value(part)]
            builder.here = name if here else builder.here
        else:
            _draw(builder, part, here)
    return builder


@dataclass(frozen=True)
class Quick:
    """Fields with a plain choice of their own: by one value, or by one of these periods."""

    fields: tuple[str, ...] = ()
    periods: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.fields, *self.periods)

    def holds(self, part: Any) -> str:
        """The field that shows this part whole; empty if none does."""
        if not isinstance(part, dict) or not isinstance(part.get("value"), str):
            return ""
        name, operator = part.get("field", ""), part.get("op", "is")
        if operator == "is" and name in self.fields:
            return str(name)
        return str(name) if f"{operator}:{part['value']}" in self.periods.get(name, ()) else ""

    def value(self, part: Tree) -> str:
        """Its value there."""
        operator = part.get("op", "is")
        return str(part["value"]) if operator == "is" else f"{operator}:{part['value']}"


def typed(query: Query, filterset: FilterSet, principal: Principal, quick: Quick) -> Builder:
    """The form as it was filled in, after the button that was pressed. Raises `BadRequest`."""
    builder = Builder(filterset, principal)
    builder.quick = {
        name: found for name in quick.names if (found := [value for value in query.getlist(name) if value])
    }
    builder.groups = {
        number: (query.get(f"group-{number}-join") != "and", f"group-{number}-not" in query)
        for number in _numbers(_GROUP, query)
    }
    builder.rows = [row for number in _numbers(_ROW, query) if (row := _typed_row(query, number, builder))]
    builder.written = [part for text in query.getlist("written") for part in parts_of(parse(text))]
    compile_tree(joined(builder.written), filterset, principal)
    _act(builder, query)
    return builder


def _numbers(pattern: re.Pattern[str], query: Query) -> list[int]:
    found = sorted(int(match[1]) for name in query if (match := pattern.fullmatch(name)))
    if len(found) > MAX_CONDITIONS:
        raise BadRequest(_("The filter has too many conditions."), code="bad-filter")
    return found


def _typed_row(query: Query, number: int, builder: Builder) -> Condition | None:
    found = builder.known.get(query.get(f"row-{number}-field", "") or "")
    if found is None:
        return None
    group = query.get(f"row-{number}-group", "") or ""
    values = [value.strip() for value in query.getlist(f"row-{number}-value")]
    return drawn(
        found,
        builder.choices(found.name),
        number=number,
        operator=query.get(f"row-{number}-op", "") or "",
        values=[value for value in values if value],
        negative=f"row-{number}-not" in query,
        group=int(group) if group.isascii() and group.isdigit() and int(group) in builder.groups else None,
    )


def _act(builder: Builder, query: Query) -> None:
    """What the pressed button asks of the form."""
    match = _ACT.fullmatch(query.get("do", "") or "")
    if match is None:
        return
    act, number = match[1], int(match[2]) if match[2] else None
    if act == "add":
        name = query.get("new" if number is None else f"new-{number}", "") or ""
        _add(builder, name, number)
    elif act == "drop":
        builder.rows = [row for row in builder.rows if row.number != number]
        builder.here = "add"
    elif act == "group":
        free = max(builder.groups, default=-1) + 1
        builder.groups[free] = (True, False)
        builder.here = f"group-{free}"
    elif act == "ungroup" and number in builder.groups:
        del builder.groups[number]
        builder.rows = [row for row in builder.rows if row.group != number]
        builder.here = "add"
    elif act == "unwrite" and number is not None:
        del builder.written[number : number + 1]


def _add(builder: Builder, name: str, group: int | None) -> None:
    found = builder.known.get(name)
    if found is None or len(builder.rows) >= MAX_CONDITIONS:
        builder.here = "add"
        return
    row = drawn(found, builder.choices(name), number=builder.next_row, group=group)
    builder.rows.append(row)
    builder.here = f"row-{row.number}"


def _draw(builder: Builder, part: Any, here: bool) -> None:
    """Put a part of a tree into the form: as a condition, as a group of conditions, else as it is written."""
    inner, negative = turned(part)
    group = group_of(inner)
    simple = [turned(each) for each in group[1]] if group else []
    if group and any(group_of(each) for each, _negative in simple):
        builder.written.append(part)
        builder.here = "written" if here else builder.here
    elif group:
        number = len(builder.groups)
        builder.groups[number] = (group[0] == "or", negative)
        for each, turned_round in simple:
            builder.rows.append(_row_of(builder, each, turned_round, number))
        builder.here = f"group-{number}" if here else builder.here
    else:
        row = _row_of(builder, inner, negative, None)
        builder.rows.append(row)
        builder.here = f"row-{row.number}" if here else builder.here


def _row_of(builder: Builder, node: Tree, negative: bool, group: int | None) -> Condition:
    value, operator = node.get("value"), str(node.get("op", "is"))
    values: Iterable[Any] = value if isinstance(value, list) else [] if value is None else [value]
    return drawn(
        builder.known[node["field"]],
        builder.choices(node["field"]),
        number=builder.next_row,
        operator="is" if operator in TURNED else operator,
        values=[str(found) for found in values],
        negative=negative ^ (operator == "is-not"),
        group=group,
    )
