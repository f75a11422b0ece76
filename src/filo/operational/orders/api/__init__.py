"""Orders at the API: written, and on their way."""

from ninja import Router

from filo.operational.orders.api import doors, moves

router = Router()
for _part in (doors, moves):
    router.add_router("", _part.router)
