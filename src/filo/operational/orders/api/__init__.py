"""Orders at the API: written, on their way, taken back, and their papers."""

from ninja import Router

from filo.operational.orders.api import back, doors, moves, papers, shipments

router = Router()
for _part in (doors, moves, back, papers, shipments):
    router.add_router("", _part.router)
