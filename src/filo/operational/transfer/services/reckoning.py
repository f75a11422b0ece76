"""After many rows came in, PostgreSQL looks at its tables anew, so that it does not plan for those it knew."""

from __future__ import annotations

import logging

from django.db import Error, connection, transaction

from filo.foundation.search.models import SearchText
from filo.operational.parties.models import (
    Address,
    ContactPoint,
    ExternalIdentity,
    Party,
    Reach,
    Relationship,
    TimelineEntry,
)
from filo.operational.transfer.models import ImportBatch, ImportRow

MANY = 5_000
# Each table is sampled, however large it is; a machine that is slow all the same is not held up by it.
WITHIN_MS = 20_000
FILLED = (Party, ContactPoint, Address, Relationship, Reach, TimelineEntry, ExternalIdentity, SearchText, ImportRow)
log = logging.getLogger("filo.transfer")


def reckon_anew(batch: ImportBatch) -> bool:
    """Have the tables looked at if the import brought in very many rows; gives whether it was done.

    Otherwise autovacuum would do it a minute later, and the first lists would be slow meanwhile. That it does
    not work is no fault of the import.
    """
    if connection.vendor != "postgresql" or batch.created < MANY:
        return False
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in FILLED)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {WITHIN_MS}")
            cursor.execute(f"ANALYZE {names}")
            cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
    except Error as error:
        log.warning("the tables were not looked at after an import: %s", type(error).__name__)
        return False
    return True
