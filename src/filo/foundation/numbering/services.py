"""Give the next number, in the transaction of what gets it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import CharField, PositiveSmallIntegerField, UUIDField

from filo.foundation.numbering.models import Counter
from filo.foundation.prepared import Prepared, asked

_LOCKED = Prepared(
    lambda: Counter.objects.select_for_update().filter(
        company=asked("company", UUIDField()),
        series=asked("series", CharField()),
        year=asked("year", PositiveSmallIntegerField()),
    )
)


def take_number(company_id: UUID, series: str, year: int) -> int:
    """The next number of a series, beginning with 1.

    Take it last: who comes next waits until this transaction has ended, and if it is undone the number is given
    again, so that no gap is left (DPR 633/72, article 21, paragraph 2, letter b). Raises `RuntimeError` outside a
    transaction, where a number could be given and lost.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is taken in the transaction of what gets it")
    asked_for = {"company": company_id, "series": series, "year": year}
    counter = _LOCKED.first(**asked_for)
    if counter is None:  # the first of a year
        Counter.objects.bulk_create([Counter(company_id=company_id, series=series, year=year)], ignore_conflicts=True)
        counter = Counter.objects.select_for_update().get(**asked_for)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
