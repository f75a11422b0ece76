"""Invoices at the API: written, and what becomes of them."""

from ninja import Router

from filo.operational.invoices.api import aside, deliveries, doors, files, moves, settings

router = Router()
for _part in (doors, moves, deliveries, files, aside, settings):
    router.add_router("", _part.router)
