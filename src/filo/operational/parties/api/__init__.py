"""Parties, their relationships, relations and story, and search, at the REST API."""

from ninja import Router

from filo.operational.parties.api import bulk, changes, duties, parties, relations, search, timeline

router = Router()
for _part in (bulk, parties, duties, relations, timeline, changes, search):
    router.add_router("", _part.router)
