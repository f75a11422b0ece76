"""Points are kept with each deal, so that lists can be sorted by them: reckoned at each change, and every night."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from filo.operational.deals.models import Deal
from filo.operational.deals.queries.scoring import score_of

AT_ONCE = 200


def score_anew(deal: Deal) -> int:
    """The points of a deal as it is now; whoever changes it keeps them."""
    return score_of(deal).total


def score_all() -> int:
    """Reckon the points of all open deals anew; gives how many changed."""
    changed, after = 0, None
    while True:
        rows = Deal.objects.filter(state="open", deleted_at=None).order_by("pk")
        keys = list((rows.filter(pk__gt=after) if after else rows).values_list("pk", flat=True)[:AT_ONCE])
        if not keys:
            return changed
        changed += _score_some(keys)
        after = keys[-1]


def _score_some(keys: Sequence[UUID]) -> int:
    with transaction.atomic():
        rows = Deal.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
        found = list(rows.select_related("party", "relationship", "area", "channel", "company", "product_line"))
        fresh = [(deal, score_anew(deal)) for deal in found]
        moved = [deal for deal, points in fresh if deal.score != points]
        for deal, points in fresh:
            deal.score = points
        Deal.objects.bulk_update(moved, ["score"])
    return len(moved)
