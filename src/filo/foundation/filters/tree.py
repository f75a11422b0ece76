"""The filter language: a JSON tree of and, or, not over declared names, compiled to a condition.

{"and": [{"field": "stage", "op": "is", "value": "lead"}, {"not": {"field": "area", "op": "is", "value": "sud"}}]}
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import BadRequest
from filo.foundation.filters.fields import FilterField, FilterSet, Known

_SURROGATE = re.compile("[\ud800-\udfff]")
MAX_DEPTH, MAX_CONDITIONS = 6, 40
Tree = dict[str, Any]


def parse(text: str) -> Tree | None:
    """The tree in a piece of JSON; None when it is empty. Raises `BadRequest`."""
    if not text.strip():
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise _wrong(_("The filter is not valid JSON.")) from None
    if not isinstance(found, dict):
        raise _wrong(_("The filter must be an object."))
    if "\\u0000" in text or _SURROGATE.search(json.dumps(found, ensure_ascii=False)):
        raise _wrong(_("The filter is not valid JSON."))
    return found


def parts_of(tree: Tree | None, depth: int = MAX_DEPTH) -> list[Any]:
    """The conditions that must all hold, an “and” within an “and” opened. Raises `BadRequest`."""
    if not tree:
        return []
    if tree.keys() != {"and"} or not isinstance(tree["and"], list):
        return [tree]
    if depth == 0:
        raise too_deep()
    inner = (parts_of(part, depth - 1) if isinstance(part, dict) else [part] for part in tree["and"])
    return [part for parts in inner for part in parts]


def joined(parts: list[Any]) -> Tree | None:
    """The tree in which all of these must hold; None when there are none."""
    return {"and": parts} if parts else None


def compile_tree(tree: Tree | None, fields: FilterSet, principal: Principal) -> Q:
    """The condition that a tree stands for. Raises `BadRequest` for anything that is not declared."""
    if not tree:
        return Q()
    budget = [MAX_CONDITIONS]
    return _node(tree, Known(fields, principal), principal, MAX_DEPTH, budget)


def compile_with_ties(tree: Tree | None, fields: FilterSet, principal: Principal) -> tuple[Q, Q]:
    """What a tree asks of one row beside the entity (see `FilterField.tie`), and what of the entity itself.

    Only conditions that all must hold, and hold as they stand, are asked of that row. Raises `BadRequest`.
    """
    if not tree:
        return Q(), Q()
    parts = parts_of(tree)
    tied = [part for part in parts if _is_tied(part, fields)]
    rest = [part for part in parts if part not in tied]
    budget, known = [MAX_CONDITIONS], Known(fields, principal)
    ties = _join([_condition(part, known, principal, budget, tie=True) for part in tied], "and")
    return ties, _node({"and": rest}, known, principal, MAX_DEPTH, budget)


def _is_tied(node: Any, fields: FilterSet) -> bool:
    if not isinstance(node, dict) or not isinstance(node.get("field"), str):
        return False
    found = fields.fields.get(node["field"])
    return bool(found and found.tie and node.get("op", "is") in ("is", "in"))


def _node(node: Any, fields: Known, principal: Principal, depth: int, budget: list[int]) -> Q:
    if not isinstance(node, dict) or depth == 0:
        raise too_deep()
    group = group_of(node)
    if group:
        joiner, parts = group
        return _join([_node(part, fields, principal, depth - 1, budget) for part in parts], joiner)
    if node.keys() == {"not"}:
        return ~_node(node["not"], fields, principal, depth - 1, budget)
    return _condition(node, fields, principal, budget)


def _join(parts: list[Q], joiner: str) -> Q:
    whole = Q()
    for part in parts:
        whole = whole & part if joiner == "and" else whole | part
    return whole


def _condition(node: Tree, fields: Known, principal: Principal, budget: list[int], *, tie: bool = False) -> Q:
    budget[0] -= 1
    if budget[0] < 0:
        raise _wrong(_("The filter has too many conditions."))
    found, operator = declared(node, fields)
    try:
        condition = found.tie if tie and found.tie else found.condition
        return condition(principal, operator, node.get("value"))
    except (ValueError, TypeError, AttributeError, OverflowError):
        raise _wrong(_("“%(name)s” does not understand this value.") % {"name": found.name}) from None


def declared(node: Any, known: Mapping[str, FilterField] | Known) -> tuple[FilterField, str]:
    """The field and the operator of a single condition. Raises `BadRequest` for what is not declared."""
    if not isinstance(node, dict):
        raise too_deep()
    if not node.keys() <= {"field", "op", "value"} or not isinstance(node.get("field"), str):
        raise _wrong(_("A condition has a field, an op and a value."))
    name, operator = node["field"], node.get("op", "is")
    found = known.get(name)
    if found is None:
        raise _wrong(_("There is no field “%(name)s” to filter by.") % {"name": name[:60]})
    if operator not in found.operators:
        raise _wrong(
            _("“%(name)s” cannot be compared by “%(operator)s”.") % {"name": name, "operator": str(operator)[:30]}
        )
    return found, operator


def group_of(node: Any) -> tuple[str, list[Any]] | None:
    """“and” or “or” and what it joins; None for anything else. Raises `BadRequest` where that is no list."""
    if not isinstance(node, dict) or node.keys() not in ({"and"}, {"or"}):
        return None
    joiner, parts = next(iter(node.items()))
    if not isinstance(parts, list):
        raise _wrong(_("“and” and “or” take a list of conditions."))
    return joiner, parts


def too_deep() -> BadRequest:
    """The refusal of what is nested beyond reading."""
    return _wrong(_("The filter is nested too deeply or holds something that is not a condition."))


def _wrong(sentence: str) -> BadRequest:
    return BadRequest(sentence, code="bad-filter")
