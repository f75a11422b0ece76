"""Whom a customer sent to us, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count
from django.db.models import Sum as SqlSum

from filo.foundation.access.principal import Principal
from filo.operational.deals.models import Deal, ReferralCode
from filo.operational.deals.queries.sums import Sum, rates_of
from filo.operational.parties.models import Party


@dataclass(frozen=True)
class Referrals:
    """A customer's code (empty: none yet), the deals that he brought and those of them that were won."""

    code: str
    brought: int
    won: Sum


def referrals_of(principal: Principal, party: Party) -> Referrals:
    """As far as this principal sees the deals."""
    code = ReferralCode.objects.filter(party=party).values_list("code", flat=True).first() or ""
    rows = Deal.objects.visible_to(principal).filter(referred_by=party).order_by()
    parts = list(rows.values_list("state", "currency").annotate(n=Count("pk"), whole=SqlSum("amount")))
    rates, won, brought = rates_of(part[1] for part in parts), Sum(), 0
    for state, currency, number, whole in parts:
        brought += number
        if state == "won":
            won.add(number, whole or Decimal(0), Decimal(0), rates[currency], currency)
    return Referrals(code, brought, won)
