"""Orders at the API: written, on their way, taken back, their papers; carriers and promised days."""

from ninja import Router

from filo.operational.orders.api import back, doors, moves, papers, settings, shipments

router = Router()
for _part in (doors, moves, back, papers, shipments, settings):
    router.add_router("", _part.router)
