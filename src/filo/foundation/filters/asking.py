"""A filter in an address: short parameters where they say it all, else one that holds the tree.

?stage=lead&stage=customer            stage is lead or customer
?last_contact=older-than-days:60      an operator stands before its value
?created=this-month:                  and needs its colon when it has none
?filter={"or":[…]}                    anything else
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import BadRequest
from filo.foundation.filters.fields import OPERATORS, WITHOUT_VALUE, FilterSet, Known
from filo.foundation.filters.tree import Tree, joined, parse, parts_of

TREE = "filter"
# What else stands in a list's address: a field of such a name is asked for in the tree.
OTHERS = frozenset({TREE, "q", "sort", "cursor", "view", "columns", "limit", "at", "do", "new", "written"})
LONGEST = 8_000


def tree_of(query: MultiValueDict[str, str], filterset: FilterSet, principal: Principal) -> Tree | None:
    """The tree that an address stands for; None when it narrows nothing. Raises `BadRequest`."""
    known = Known(filterset, principal)
    parts: list[Any] = []
    for name, values in query.lists():
        if name == TREE:
            parts += [part for text in values for part in _written(text)]
        elif name not in OTHERS and any(values):
            if known.get(name):
                parts += _plain(name, values)
            elif name in filterset.fields:
                sentence = _("There is no field “%(name)s” to filter by.")
                raise BadRequest(sentence % {"name": name[:60]}, code="bad-filter")
    return joined(parts)


def query_of(tree: Tree | None) -> list[tuple[str, str]]:
    """The shortest address for a tree, as pairs; `tree_of` reads it back. Raises `BadRequest` for one too deep.

    It does not look names up: a tree from elsewhere is compiled or put into words first.
    """
    parts = [_usual(part) for part in parts_of(tree)]
    if not parts:
        return []
    pairs = [pair for part in parts for pair in _pairs(part)]
    if pairs and _reread(pairs) == parts:
        return pairs
    whole = parts[0] if len(parts) == 1 else {"and": parts}
    return [(TREE, json.dumps(whole, ensure_ascii=False, separators=(",", ":")))]


def canonical(tree: Tree | None) -> Tree | None:
    """The one way to write a tree: a flat “and” of conditions that name their operator. Raises `BadRequest`."""
    return joined([_usual(part) for part in parts_of(tree)])


def _usual(node: Any) -> Any:
    """A single condition with its operator, *in* one value as *is*; groups as they are."""
    if not isinstance(node, dict) or "field" not in node:
        return node
    value = node.get("value")
    if node.get("op", "is") == "in" and isinstance(value, list) and len(value) == 1:
        return node | {"op": "is", "value": value[0]}
    return node if "op" in node else {"field": node["field"], "op": "is", **node}


def _written(text: str) -> list[Any]:
    if len(text) > LONGEST:
        raise BadRequest(_("The filter is too long."), code="bad-filter")
    return [_usual(part) for part in parts_of(parse(text))]


def _plain(name: str, values: Sequence[str]) -> list[Any]:
    chosen: list[str] = []
    parts: list[Any] = []
    for value in values:
        operator, colon, rest = value.partition(":")
        if not colon or operator not in OPERATORS:
            chosen += [value] if value else []
        elif operator == "is":
            chosen.append(rest)
        elif operator in WITHOUT_VALUE:
            parts.append({"field": name, "op": operator})
        else:
            parts.append({"field": name, "op": operator, "value": rest})
    if chosen:
        one = {"field": name, "op": "is", "value": chosen[0]}
        parts.insert(0, one if len(chosen) == 1 else {"field": name, "op": "in", "value": chosen})
    return parts


def _pairs(part: Any) -> list[tuple[str, str]]:
    """The plain parameters of a condition; what they cannot say shows when they are read again."""
    if not isinstance(part, dict) or not isinstance(name := part.get("field"), str) or name in OTHERS:
        return [(TREE, "")]
    operator, value = str(part.get("op")), part.get("value")
    if operator in ("is", "in"):
        values = value if isinstance(value, list) else [value]
        return [(name, _escaped(str(found))) for found in values]
    return [(name, f"{operator}:" if operator in WITHOUT_VALUE else f"{operator}:{value}")]


def _escaped(value: str) -> str:
    operator, colon, _rest = value.partition(":")
    return f"is:{value}" if not value or (colon and operator in OPERATORS) else value


def _reread(pairs: Iterable[tuple[str, str]]) -> list[Any]:
    query: dict[str, list[str]] = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)
    return [part for name, values in query.items() for part in _plain(name, values)]
