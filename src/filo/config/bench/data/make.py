"""Makes the data of a bench once: firm, customers, history; and says whether a database holds it already."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from django.db import connection

from filo.config.bench.data.customers import COLUMNS, Customers, Rows
from filo.config.bench.data.firm import the_firm
from filo.config.bench.data.history import ENTRIES, INTERACTIONS, TASKS, History, open_tasks
from filo.config.bench.data.ids import text_of
from filo.config.bench.data.tables import bare, fill
from filo.config.demo.company import BUILDER
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import record
from filo.foundation.ids import uuid7
from filo.foundation.search import services as search
from filo.foundation.search.filling import say_complete
from filo.foundation.search.models import SearchText
from filo.operational.activities.models import Task
from filo.operational.interactions.models import Interaction
from filo.operational.interactions.queries import unreached_outcomes
from filo.operational.parties.models import LastContact, Reach, TimelineEntry
from filo.operational.parties.services.rebuilding import rebuild_reading_tables

WAVE = 50_000
Tell = Callable[[str, int, int], None]


def held() -> tuple[int, int] | None:
    """(parties, timeline rows) that the database was made with; None when it holds no bench."""
    done = AuditEntry.objects.filter(action="bench.make").first()
    return (done.changes["parties"][1], done.changes["entries"][1]) if done else None


def make(*, parties: int, entries: int, tell: Tell) -> None:
    """Fill an empty, migrated database. `tell(what, done, of)` hears how far it is."""
    firm, until = the_firm(), int(time.time() * 1000)
    customers = Customers(firm, until=until)
    with bare([*COLUMNS, SearchText, TimelineEntry, Interaction, Task]):
        last: dict[int, int] = {}
        _customers(customers, parties, tell)
        history = History(firm, customers.known, until=until)
        _history(history, entries, last, tell)
        fill(Task, TASKS, open_tasks(firm, customers.known, until=until))
        tell("indexes", 0, 1)
    _last_contacts(customers, last, tell)
    with bare([Reach, LastContact]):
        rebuild_reading_tables(unreached=unreached_outcomes())
    _finish(parties, entries)


def _customers(customers: Customers, number: int, tell: Tell) -> None:
    held_rows = _empty()
    for done, rows in enumerate(customers.make(number), start=1):
        for model, some in rows.items():
            held_rows[model].extend(some)
        if done % WAVE == 0 or done == number:
            _store(held_rows, customers)
            held_rows = _empty()
            tell("customers", done, number)


def _empty() -> Rows:
    return {model: [] for model in COLUMNS}


def _store(rows: Rows, customers: Customers) -> None:
    for model, columns in COLUMNS.items():
        fill(model, columns, rows[model])
    fill(SearchText, ("kind", "object_id", "text"), customers.words)
    customers.words.clear()


def _history(history: History, number: int, last: dict[int, int], tell: Tell) -> None:
    stream, done = history.make(number), 0
    while done < number:
        entries: list[tuple[object, ...]] = []
        interactions: list[tuple[object, ...]] = []
        for told in stream:
            interactions.append(told.interaction)
            entries.extend(told.entries)
            last[told.party] = max(told.at, last.get(told.party, 0))
            if len(entries) >= WAVE:
                break
        fill(Interaction, INTERACTIONS, interactions)
        done += fill(TimelineEntry, ENTRIES, entries)
        tell("history", min(done, number), number)


def _last_contacts(customers: Customers, last: dict[int, int], tell: Tell) -> None:
    """The day of the last contact stands on the party too."""
    pairs = ((text_of(at), customers.known[place].party) for place, at in last.items())
    _update(pairs, len(last), tell)


def _update(pairs: Iterable[tuple[str, str]], number: int, tell: Tell) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany('UPDATE "parties_party" SET last_contact_at = %s WHERE id = %s', list(pairs))
        else:
            cursor.execute("CREATE TEMP TABLE bench_last (at timestamptz, party uuid)")
            with cursor.copy("COPY bench_last FROM STDIN") as copy:
                for pair in pairs:
                    copy.write_row(pair)
            cursor.execute(
                "UPDATE parties_party SET last_contact_at = bench_last.at FROM bench_last WHERE id = bench_last.party"
            )
            cursor.execute("DROP TABLE bench_last")
    tell("last contacts", number, number)


def _finish(parties: int, entries: int) -> None:
    search.look_up_anew()
    search.learn_everything()
    say_complete()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("ANALYZE")
        else:
            cursor.execute("ANALYZE search_searchword")
            cursor.execute("VACUUM (ANALYZE) parties_party")
            cursor.execute("VACUUM (ANALYZE) parties_reach")
            cursor.execute("VACUUM (ANALYZE) search_searchtext")
            cursor.execute("VACUUM (ANALYZE) parties_timelineentry")
    record(
        BUILDER,
        "bench.make",
        kind="bench",
        object_id=uuid7(),
        changes={"parties": (None, parties), "entries": (None, entries)},
    )
