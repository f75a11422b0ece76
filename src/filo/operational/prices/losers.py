"""What lists and lines did to a price that was not theirs, as reasons."""

from __future__ import annotations

from decimal import Decimal

from filo.operational.prices.asking import Reason
from filo.operational.prices.facts import Candidate, ListFacts, RuleFacts


def beaten(found: Candidate, winner: Candidate, currency: str) -> Reason:
    """Why a list that says a price lost to the winner."""
    if found.list.special != winner.list.special:
        lost = "more-special-list"
    elif found.list.priority != winner.list.priority:
        lost = "priority"
    else:
        lost = "own-currency" if found.list.currency != winner.list.currency == currency else "cheaper"
    return told("list", found, lost=lost)


def told(kind: str, found: Candidate, lost: str = "") -> Reason:
    """A list as a reason: won, or lost and why."""
    did = done_by(found.rule, found.list)
    return Reason(kind, found.list.code, found.list.name, did, won=not lost, lost=lost)


def done_by(rule: RuleFacts, one: ListFacts) -> dict[str, str]:
    """What a line of a list says of the price."""
    did = {rule.means: plain(rule.value), "of": rule.rank}
    if rule.means == "price":
        did |= {"currency": one.currency} | ({"gross": "yes"} if one.gross else {})
    if rule.min_quantity != 1:
        did["from"] = plain(rule.min_quantity)
    return did


def plain(value: Decimal) -> str:
    """A number without zeros at its end."""
    return f"{value.normalize():f}"
