"""What is known of lists, of their lines and of goods before a price is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from filo.operational.prices.asking import Reason

RANKS = {"v": "variant", "p": "product", "c": "category", "l": "line", "": "all"}


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What is asked of a list. special: how special it is, greater is more so."""

    id: UUID
    code: str
    name: str
    currency: str
    gross: bool
    cascade: bool
    special: tuple[int, ...]
    priority: int
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """What is asked of a rule."""

    list_id: UUID
    about: str
    min_quantity: Decimal
    means: str
    value: Decimal
    valid_from: date | None
    valid_to: date | None

    @property
    def rank(self) -> str:
        """Of what it is: variant, product, category, line, all."""
        return RANKS[self.about[:1]]


@dataclass(frozen=True, slots=True)
class Goods:
    """What is priced. keys: what rules may be about, the most special first."""

    keys: Sequence[str]
    base: Decimal | None
    cost: Decimal | None
    currency: str
    vat_rate: Decimal


@dataclass(frozen=True, slots=True)
class Exact:
    """A price before it is rounded; made: it is not what somebody wrote."""

    amount: Decimal
    currency: str
    gross: bool
    made: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A list with the rule of it that holds for a line."""

    list: ListFacts
    rule: RuleFacts
    exact: Exact


@dataclass(frozen=True, slots=True)
class Choice:
    """What one unit costs before discounts, from which list (None: the base price), and who lost and why."""

    exact: Exact | None
    winner: Candidate | None
    reasons: tuple[Reason, ...]


def out_of_days(since: date | None, until: date | None, day: date) -> tuple[str, dict[str, str]] | None:
    """Why something does not hold on a day, if it does not."""
    if since is not None and day < since:
        return "not-yet", {"day": since.isoformat()}
    if until is not None and day > until:
        return "over", {"day": until.isoformat()}
    return None


def tiers_first(rules: Iterable[RuleFacts]) -> list[RuleFacts]:
    """The rules about one thing in the order in which they are tried: the highest tier, then the latest."""
    return sorted(rules, key=lambda one: (one.min_quantity, one.valid_from or date.min), reverse=True)
