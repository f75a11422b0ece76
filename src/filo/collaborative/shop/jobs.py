"""Offers are reckoned once an hour, since lists begin and end by the day; carts that nobody came back to go."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.collaborative.shop.services.forgetting import forget_carts
from filo.collaborative.shop.services.offers import keep_offers
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import every


@every(hours=1)
@job(label=_("Reckon the offers of the shop"), queue="long", atomic=False, announced=False)
def keep_all_offers(context: JobContext) -> dict[str, int]:
    """Prices to anybody, and how many were sold of late."""
    return {"offers": keep_offers(tell=lambda done: context.progress(done))}


@every(hours=24)
@job(label=_("Take away old carts"), announced=False)
def forget_old_carts(_context: JobContext) -> dict[str, int]:
    """Of browsers that did not come back."""
    return {"carts": forget_carts()}
