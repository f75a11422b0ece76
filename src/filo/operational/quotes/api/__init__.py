"""Quotes at the API."""

from ninja import Router

from filo.operational.quotes.api import acts, doors

router = Router()
for _part in (doors, acts):
    router.add_router("", _part.router)
