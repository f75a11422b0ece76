"""Payments and what is owed at the API: what came in, what is owed, files of banks, reminders, and how it is set up."""

from ninja import Router

from filo.operational.payments.api import bank, doors, dues, reminders, setup

router = Router()
for _part in (doors, dues, bank, reminders, setup):
    router.add_router("", _part.router)
