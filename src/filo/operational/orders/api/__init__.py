"""Orders at the API: written, on their way, taken back, and their papers."""

from ninja import Router

from filo.operational.orders.api import back, doors, moves, papers

router = Router()
for _part in (doors, moves, back, papers):
    router.add_router("", _part.router)
