"""Invoices at the API: written, and what becomes of them."""

from ninja import Router

from filo.operational.invoices.api import doors, files, moves

router = Router()
for _part in (doors, moves, files):
    router.add_router("", _part.router)
