"""Conditions in the words of whoever reads: *Area is North or South*, *Last contact in the last 90 days*."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.filters.conditions import number_in
from filo.foundation.filters.fields import IN_DAYS, WITHOUT_VALUE, FilterField, Known
from filo.foundation.filters.tree import MAX_DEPTH, declared, group_of, too_deep

# What a list of operators offers; the value comes after it.
OPERATOR_LABELS: Mapping[str, str | Promise] = {
    "is": gettext_lazy("is"),
    "is-not": gettext_lazy("is not"),
    "in": gettext_lazy("is one of"),
    "contains": gettext_lazy("contains"),
    "before": gettext_lazy("before"),
    "after": gettext_lazy("after"),
    "today": gettext_lazy("today"),
    "this-week": gettext_lazy("this week"),
    "this-month": gettext_lazy("this month"),
    "last-month": gettext_lazy("last month"),
    "within-days": gettext_lazy("in the last … days"),
    "older-than-days": gettext_lazy("more than … days ago"),
    "next-days": gettext_lazy("in the next … days"),
    "more": gettext_lazy("more than"),
    "less": gettext_lazy("less than"),
    "empty": gettext_lazy("is missing"),
    "set": gettext_lazy("is there"),
}
# As it is said of a condition, and of its contrary.
_SAID: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "is": (gettext_lazy("is %(value)s"), gettext_lazy("is not %(value)s")),
    "contains": (gettext_lazy("contains “%(value)s”"), gettext_lazy("does not contain “%(value)s”")),
    "before": (gettext_lazy("before %(value)s"), gettext_lazy("not before %(value)s")),
    "after": (gettext_lazy("after %(value)s"), gettext_lazy("not after %(value)s")),
    "today": (gettext_lazy("today"), gettext_lazy("not today")),
    "this-week": (gettext_lazy("this week"), gettext_lazy("not this week")),
    "this-month": (gettext_lazy("this month"), gettext_lazy("not this month")),
    "last-month": (gettext_lazy("last month"), gettext_lazy("not last month")),
    "more": (gettext_lazy("more than %(value)s"), gettext_lazy("not more than %(value)s")),
    "less": (gettext_lazy("less than %(value)s"), gettext_lazy("not less than %(value)s")),
    "empty": (gettext_lazy("is missing"), gettext_lazy("is there")),
    "set": (gettext_lazy("is there"), gettext_lazy("is missing")),
}


class Wording:
    """Puts conditions into words for one reader; the choices of a field are read once.

    Raises `BadRequest` for what is not declared, as compiling does.
    """

    def __init__(self, known: Mapping[str, FilterField] | Known, principal: Principal) -> None:
        self.known, self.principal = known, principal
        self._choices: dict[str, dict[str, str]] = {}

    def of(self, node: Any) -> tuple[str, str]:
        """What stands on a chip: what it is about, and what is said of it."""
        inner, negative = turned(node)
        group = group_of(inner)
        if group:
            label = _("not:") if negative else (_("any of:") if group[0] == "or" else _("all of:"))
            words = self._group(*group, MAX_DEPTH)
            return label, f"({words})" if negative else words
        field, _operator = declared(inner, self.known)
        return str(field.label), self._said(inner, negative)

    def sentence(self, node: Any, depth: int = MAX_DEPTH) -> str:
        """The same in one piece, groups in brackets."""
        if depth == 0:
            raise too_deep()
        inner, negative = turned(node)
        group = group_of(inner)
        if group:
            words = f"({self._group(*group, depth - 1)})"
            return f"{_('not:')} {words}" if negative else words
        field, _operator = declared(inner, self.known)
        return f"{field.label} {self._said(inner, negative)}"

    def _group(self, joiner: str, parts: list[Any], depth: int) -> str:
        between = _(" or else ") if joiner == "or" else _(" and ")
        return between.join(self.sentence(part, depth) for part in parts) or "–"

    def _said(self, node: dict[str, Any], negative: bool) -> str:
        field, operator = declared(node, self.known)
        value = node.get("value")
        if operator == "is-not":
            operator, negative = "is", not negative
        if operator in IN_DAYS:
            return _said_of_days(operator, value, negative, field.never_is_old)
        if operator == "in":
            return self._one_of(field, value if isinstance(value, list) else [value], negative)
        said = str(_SAID[operator][negative])
        return said if operator in WITHOUT_VALUE else said % {"value": self._value(field, operator, value)}

    def _one_of(self, field: FilterField, values: list[Any], negative: bool) -> str:
        shown = [self._value(field, "is", value) for value in values]
        if len(shown) < 2 or not negative:
            return str(_SAID["is"][negative]) % {"value": _(" or ").join(shown)}
        return _("is neither %(values)s") % {"values": _(" nor ").join(shown)}

    def _value(self, field: FilterField, operator: str, value: Any) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if field.choices and operator == "is":
            if field.name not in self._choices:
                self._choices[field.name] = dict(field.choices(self.principal))
            return self._choices[field.name].get(str(value), str(value))
        return shown(field, operator, value)


def shown(field: FilterField, operator: str, value: Any) -> str:
    """A day as people write it, a number with its comma, a text as it is."""
    if operator in ("before", "after") or field.shape == "day":
        return _day(str(value))
    if operator in ("more", "less") or field.shape == "number":
        try:
            return _number(number_in(value))
        except ValueError:
            return str(value)
    return str(value)


def turned(node: Any) -> tuple[Any, bool]:
    """What stands under any number of “not”, and whether they turn it round. Raises `BadRequest` for too many."""
    negative = False
    for _depth in range(MAX_DEPTH):
        if not isinstance(node, dict) or node.keys() != {"not"}:
            return node, negative
        node, negative = node["not"], not negative
    raise too_deep()


def _said_of_days(operator: str, value: Any, negative: bool, may_be_never: bool) -> str:
    days = int(value) if str(value).isascii() and str(value).isdigit() and len(str(value)) < 7 else 0
    if operator == "within-days":
        said = ngettext("in the last %(n)s day", "in the last %(n)s days", days)
    elif operator == "next-days":
        said = ngettext("in the next %(n)s day", "in the next %(n)s days", days)
    elif may_be_never:
        said = ngettext("more than %(n)s day ago, or never", "more than %(n)s days ago, or never", days)
    else:
        said = ngettext("more than %(n)s day ago", "more than %(n)s days ago", days)
    said %= {"n": days}
    return _("not %(words)s") % {"words": said} if negative else said


def _day(text: str) -> str:
    try:
        spelt = formats.date_format(date.fromisoformat(text[:10]), "j F Y")
    except ValueError:
        return text
    return spelt.lower() if (get_language() or "it").startswith("it") else spelt


def _number(number: Decimal) -> str:
    return formats.number_format(number.normalize() if number % 1 else int(number), use_l10n=True)
