"""The day of the team and its plans at the API."""

from ninja import Router

from filo.operational.team.api import day, plans

router = Router()
for _part in (day, plans):
    router.add_router("", _part.router)
