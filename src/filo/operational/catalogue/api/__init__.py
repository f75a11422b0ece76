"""Products, what hangs on them, stock, catalogues and what is set up about them, at the API."""

from ninja import Router

from filo.operational.catalogue.api import catalogues, doors, pictures, setup, stock, words

router = Router()
for _part in (doors, pictures, stock, catalogues, setup, words):
    router.add_router("", _part.router)
