"""Back offices at the API: how they stand, what is exchanged over them, and what waits for a person."""

from ninja import Router

from filo.collaborative.connectors.api import doors, exchanges, rows, waiting

router = Router()
for _part in (doors, exchanges, waiting, rows):
    router.add_router("", _part.router)
