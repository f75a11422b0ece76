"""What can be asked to be approved: each topic says how its kind is decided and what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.functional import Promise

from filo.foundation.access.principal import Principal

if TYPE_CHECKING:
    from filo.operational.approvals.models import Approval


def _anything(_principal: Principal, _approval: Approval) -> bool:
    return True


@dataclass(frozen=True)
class Approvable:
    """A kind of things. `url`: where one looks at it. `decided`: what follows, in the transaction of the decision.

    may_give: whether somebody, whose right to decide reaches it, may decide so much (`Approval.weight`).
    template, context: how it is shown on the page of what waits.
    """

    kind: str
    label: str | Promise
    icon: str
    url: Callable[[UUID], str]
    decided: Callable[[Principal, Approval], None]
    may_give: Callable[[Principal, Approval], bool] = _anything
    template: str = ""
    context: Callable[[Approval], dict[str, Any]] = lambda _approval: {}
    unit_of_weight: str = "%"


_kinds: dict[str, Approvable] = {}


def approvable(kind: Approvable) -> None:
    """Make a kind known, when the program starts."""
    _kinds[kind.kind] = kind


def kind_named(code: str) -> Approvable | None:
    """The kind of this code, or None for one that this house does not have any more."""
    return _kinds.get(code)


def weight_words(weight: Decimal) -> str:
    """A weight without zeros that say nothing."""
    return f"{weight.normalize():f}"
