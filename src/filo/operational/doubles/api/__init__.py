"""Doubles and merges at the API."""

from ninja import Router

from filo.operational.doubles.api import merges, pairs

router = Router()
for part in (pairs, merges):
    router.add_router("", part.router)
