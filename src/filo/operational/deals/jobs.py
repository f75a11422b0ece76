"""What is looked at again and again: deals that stand still, sums to be folded, points that fade."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily, every
from filo.operational.deals.services.adding_up import fold_sums
from filo.operational.deals.services.keeping import watch_stale
from filo.operational.deals.services.scoring import score_all


@every(minutes=30)
@job(label=_("Deals that stand still"), atomic=False)
def watch_deals(_context: JobContext) -> int:
    """Announce deals with which nothing happened for too long; gives how many."""
    return watch_stale()


@every(minutes=10)
@job(label=_("Sums of deals"), atomic=False)
def fold_sums_of_deals(_context: JobContext) -> int:
    """One row where there were several; gives how many are left."""
    return fold_sums()


@daily(at="03:20")
@job(label=_("Points of deals"), atomic=False)
def score_deals(_context: JobContext) -> int:
    """Reckon the points of open deals anew; gives how many changed."""
    return score_all()
