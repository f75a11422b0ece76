"""How many points a deal has, and from what: rules that anybody can follow, added up.

What happened counts less as time goes by: after each half-life half as much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.folding import fold
from filo.operational.deals.models import Deal, ScoreRule

LEAST, GREATEST = -100, 100
# What a rule may look at, with its words.
FIT_FIELDS = {
    "amount": _("Amount"),
    "source": _("Source"),
    "kind": _("Kind of customer"),
    "relationship": _("Stage of the customer"),
    "area": _("Area"),
    "channel": _("Channel"),
    "company": _("Company"),
    "product_line": _("Product line"),
    "province": _("Province"),
    "language": _("Language"),
    "referred": _("Was recommended"),
    "contact": _("Has a contact person"),
    "next_step": _("Has a next step"),
}
NUMBERS = ("amount",)  # in the firm's currency
BEHAVIOURS = {
    "interaction.call": pgettext_lazy("what happens", "Telephone calls"),
    "interaction.meeting": pgettext_lazy("what happens", "Meetings and visits"),
    "interaction.mail": pgettext_lazy("what happens", "Mails that were logged"),
    "message.message": pgettext_lazy("what happens", "Mails and messages"),
    "message.in": pgettext_lazy("what happens", "What the customer wrote or called"),
    "ticket.opened": pgettext_lazy("what happens", "Requests to the service"),
    "deal.moved": pgettext_lazy("what happens", "Steps of deals"),
}
OPERATORS = {
    "is": _("is"),
    "is-not": _("is not"),
    "contains": _("contains"),
    "more": _("more than"),
    "less": _("less than"),
    "set": _("is filled in"),
    "empty": _("is empty"),
}
COMPARING = ("more", "less")


@dataclass(frozen=True)
class Contribution:
    """What one rule gave: so many points, for so many happenings (0 for what a deal is)."""

    rule: ScoreRule
    points: int
    times: int = 0
    last: datetime | None = None


@dataclass(frozen=True)
class Score:
    """The points of a deal, and where they come from, the weightiest first."""

    total: int
    contributions: list[Contribution]


@dataclass(frozen=True)
class Happening:
    """Something in the story of a customer."""

    kind: str
    direction: str
    at: datetime


def score(facts: dict[str, Any], story: Iterable[Happening], rules: Sequence[ScoreRule], now: datetime) -> Score:
    """Add the rules up."""
    by_kind: dict[str, list[datetime]] = defaultdict(list)
    for one in story:
        by_kind[one.kind].append(one.at)
        if one.direction == "in":
            by_kind["message.in"].append(one.at)
    found = [
        _fit(rule, facts) if rule.way == "fit" else _behaviour(rule, by_kind.get(rule.field, []), now) for rule in rules
    ]
    given = sorted((one for one in found if one and one.points), key=lambda one: -abs(one.points))
    return Score(max(LEAST, min(GREATEST, sum(one.points for one in given))), given)


def _fit(rule: ScoreRule, facts: dict[str, Any]) -> Contribution | None:
    return Contribution(rule, rule.points) if holds(rule.operator, facts.get(rule.field), rule.value) else None


def holds(operator: str, value: Any, wanted: str) -> bool:
    """Whether a fact is as a rule has it; what cannot be compared is not."""
    if operator in ("set", "empty"):
        return bool(value) == (operator == "set")
    if operator in COMPARING:
        try:
            asked, known = Decimal(wanted.strip().replace(",", ".")), Decimal(str(value))
        except InvalidOperation:
            return False
        return known > asked if operator == "more" else known < asked
    one, other = fold(str(value if value is not None else "")), fold(wanted)
    same: dict[str, Callable[[], bool]] = {
        "is": lambda: one == other,
        "is-not": lambda: one != other,
        "contains": lambda: bool(other) and other in one,
    }
    return same[operator]() if operator in same else False


def _behaviour(rule: ScoreRule, moments: Sequence[datetime], now: datetime) -> Contribution | None:
    since = now - timedelta(days=rule.within_days)
    counted = [at for at in moments if since <= at <= now]
    if not counted:
        return None
    days = [(now - at) / timedelta(days=1) for at in counted]
    whole = sum(rule.points * 0.5 ** (age / rule.half_life) for age in days)
    limited = max(-rule.most, min(rule.most, whole))
    return Contribution(rule, round(limited), len(counted), max(counted))


def facts_of(deal: Deal) -> dict[str, Any]:
    """What the rules look at, besides the story."""
    party, tie = deal.party, deal.relationship
    place = next(iter(party.addresses.all()), None)
    return {
        "amount": deal.amount,
        "source": deal.source,
        "kind": party.kind,
        "relationship": tie.stage if tie else "",
        "area": deal.area.code if deal.area else "",
        "channel": deal.channel.code if deal.channel else "",
        "company": deal.company.code if deal.company else "",
        "product_line": deal.product_line.code if deal.product_line else "",
        "province": place.province if place else "",
        "language": party.language,
        "referred": deal.referred_by_id,
        "contact": deal.contact_id,
        "next_step": deal.next_step,
    }
