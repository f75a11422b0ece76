"""The points of a deal, as they are now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.db.models import Q

from filo.foundation import clock
from filo.foundation.money import cents
from filo.operational.deals.models import Deal, ScoreRule
from filo.operational.deals.queries.sums import rates_of
from filo.operational.deals.score import Happening, Score, facts_of, score
from filo.operational.parties.models import TimelineEntry

MOST_HAPPENINGS = 500


def rules_for(deal: Deal) -> list[ScoreRule]:
    """The rules in use for its pipeline."""
    return list(ScoreRule.objects.filter(Q(pipeline=None) | Q(pipeline=deal.pipeline_id), active=True))


def score_of(deal: Deal, rules: Sequence[ScoreRule] | None = None) -> Score:
    """Its points and where they come from. Whoever sees the deal may know that its customer called so many times,
    never what was said.
    """
    rules = rules_for(deal) if rules is None else rules
    if not rules:
        return Score(0, [])
    facts = facts_of(deal) | {"amount": _in_firms_currency(deal)}
    return score(facts, _story(deal, rules), rules, clock.now())


def _in_firms_currency(deal: Deal) -> Decimal | None:
    """What it is worth to the firm today; None, which is neither more nor less than anything, without a rate."""
    rate = rates_of([deal.currency])[deal.currency]
    return None if rate is None else cents(deal.amount / rate)


def _story(deal: Deal, rules: Sequence[ScoreRule]) -> list[Happening]:
    asked = [rule for rule in rules if rule.way == "behaviour"]
    if not asked:
        return []
    since = clock.now() - timedelta(days=max(rule.within_days for rule in asked))
    found = TimelineEntry.objects.filter(party=deal.party_id, at__gte=since)  # counted, not shown
    rows = found.order_by("-at").values_list("kind", "direction", "at")
    return [Happening(*row) for row in rows[:MOST_HAPPENINGS]]
