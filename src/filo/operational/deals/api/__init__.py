"""Deals at the API: worked, looked up, reported on, and all that is set up about them."""

from ninja import Router

from filo.operational.deals.api import (
    acts,
    assignments,
    doors,
    looking,
    pipelines,
    reasons,
    referrals,
    reports,
    scores,
    stages,
)

router = Router()
for _part in (doors, acts, looking, reports, referrals, pipelines, stages, reasons, scores, assignments):
    router.add_router("", _part.router)
