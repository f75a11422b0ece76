"""Give the next number, in the transaction of what gets it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from filo.foundation.numbering.models import Counter
from filo.foundation.prepared import kept_key

_COUNT = "UPDATE numbering_counter SET last = last + 1 {turn} WHERE company_id = %s AND series = %s AND year = %s"
# PostgreSQL hands a row to whoever comes first when it gets free, so that some wait many times as long as others; a
# lock of its own is given in the order of asking. It is held to the commit, as the row is.
_IN_TURN = "WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))) "


def take_number(company_id: UUID, series: str, year: int) -> int:
    """The next number of a series, beginning with 1.

    Take it last: who comes next waits until this transaction has ended, and if it is undone the number is given
    again, so that no gap is left (DPR 633/72, article 21, paragraph 2, letter b). Who waits is served in the order
    of asking. Raises `RuntimeError` outside a transaction, where a number could be given and lost.
    """
    return ask_number(company_id, series, year)()


def ask_number(company_id: UUID, series: str, year: int) -> Callable[[], int]:
    """Ask for it as `take_number` does; what comes back gives it, once what else has to be known then is asked too.

    Within `sent_together` PostgreSQL answers both at one time: whoever waits for the next number waits less.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is taken in the transaction of what gets it")
    asking = _count(company_id, series, year)

    def given() -> int:
        number = _read(asking)
        if number is None:  # the first of a year
            first = Counter(company_id=company_id, series=series, year=year)
            Counter.objects.bulk_create([first], ignore_conflicts=True)
            number = _read(_count(company_id, series, year))
        if number is None:
            raise RuntimeError("a counter was taken away while a number was taken")
        return number

    return given


def _count(company_id: UUID, series: str, year: int) -> CursorWrapper:
    asked = [kept_key(company_id), series, year]
    if connection.vendor == "postgresql":
        statement = _IN_TURN + _COUNT.format(turn="FROM turn")
        asked.insert(0, f"{company_id} {series} {year}")
    else:
        statement = _COUNT.format(turn="")
    cursor = connection.cursor()
    cursor.execute(f"{statement} RETURNING last", asked)
    return cursor


def _read(asking: CursorWrapper) -> int | None:
    with asking:
        found = asking.fetchone()
    return found[0] if found else None
