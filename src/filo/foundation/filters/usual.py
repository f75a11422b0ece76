"""Conditions and choices that many lists have: asked with yes or no, words in a text, labels of codes, names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.filters.conditions import Condition

Choices = Callable[[Principal], list[tuple[str, str]]]
YES_NO = [("yes", _("yes")), ("no", _("no"))]
WORDS = ("is", "contains", "empty", "set")


def yes_or_no(found: Callable[[], Q]) -> Condition:
    """What is asked for with yes or no; `found` makes it at the moment it is asked."""

    def condition(_principal: Principal, _operator: str, value: Any) -> Q:
        if str(value) not in ("yes", "no"):
            raise ValueError
        wanted = found()
        return wanted if str(value) == "yes" else ~wanted

    return condition


def words_in(path: str, *, exact: str = "__iexact") -> Condition:
    """A text that is so, holds some words, is empty or is not."""

    def condition(_principal: Principal, operator: str, value: Any) -> Q:
        if operator in ("empty", "set"):
            return Q(**{path: ""}) if operator == "empty" else ~Q(**{path: ""})
        return Q(**{f"{path}{exact}" if operator == "is" else f"{path}__icontains": str(value)})

    return condition


def labels(pairs: Iterable[tuple[Any, Any]]) -> Choices:
    """Choices that stand in the code, in the reader's language."""
    return lambda _principal: [(str(code), str(label)) for code, label in pairs]


def codes(pairs: Iterable[tuple[Any, Any]]) -> list[str]:
    """The codes of such choices."""
    return [str(code) for code, _label in pairs]


def names_of(model: type[Model]) -> Choices:
    """Rows that have a code and a name."""
    rows: Any = model._default_manager
    return lambda _principal: [(row.code, row.name) for row in rows.all()]
