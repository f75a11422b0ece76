"""One look at a back office: what is new comes in, what is ours goes out, and every row is accounted for.

A batch is taken in one transaction with the mark of how far the back office was read, so that a look that is killed
goes on where it was; the same rows again change nothing. A back office that is away stops this look and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q

from filo.collaborative.connectors.comparing import Compared, compare
from filo.collaborative.connectors.contract import BackOffice, Batch, NotConnected, Row
from filo.collaborative.connectors.events import ConnectionLost, ValuesDisagreed
from filo.collaborative.connectors.models import Connection, Exchange, Known, RejectedRow, SyncRun
from filo.collaborative.connectors.queries import line_to
from filo.collaborative.connectors.services.disagreeing import note_conflicts
from filo.collaborative.connectors.subjects.base import Ours, Refused, Subject, all_subjects, clean, guessed_columns
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError
from filo.foundation.events.services import announce
from filo.foundation.ids import uuid7

BUSY = timedelta(minutes=10)
OVERLAP = timedelta(minutes=5)
AT_ONCE = 500
OUT = "out"  # where a refused row stood that Filo gave
LOST_AFTER = 3
LONGEST_PAUSE = timedelta(hours=6)
Tell = Callable[[int], None]


@dataclass(slots=True)
class Tally:
    """What became of the rows of a batch."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    conflicts: int = 0
    give: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return self.created + self.updated + self.unchanged + self.rejected


def sync(
    principal: Principal, exchange: Exchange, *, how: str = "schedule", tell: Tell = lambda _n: None
) -> SyncRun | None:
    """Look at one subject of one back office; None while another look is at it.

    A back office that is away is told on the run and on the connection, and is no error.
    """
    mine = uuid7()
    if not _claim(exchange, mine):
        return None
    run = SyncRun.objects.create(exchange=exchange, how=how, started_at=clock.now())
    subject = all_subjects()[exchange.subject]
    try:
        line = line_to(exchange.connection)
        for batch in line.rows(exchange.subject, exchange.mark):
            give = _take_batch(principal, exchange, subject, run, batch)
            line.taken(exchange.subject, batch)
            _give(exchange, subject, line, run, give)
            tell(run.rows_in)
        _give_what_is_new(principal, exchange, subject, line, run)
    except NotConnected as error:
        _end(principal, run, because=str(error))
    else:
        _end(principal, run)
    finally:
        Exchange.objects.filter(pk=exchange.pk, busy_by=mine).update(busy_until=None, busy_by=None)
    return run


def take_rows(principal: Principal, exchange: Exchange, rows: Sequence[Row], *, source: str) -> SyncRun:
    """Rows that the back office sent by itself."""
    run = SyncRun.objects.create(exchange=exchange, how="webhook", started_at=clock.now())
    batch = Batch(rows, exchange.mark, clock.now(), source)
    give = _take_batch(principal, exchange, all_subjects()[exchange.subject], run, batch)
    try:
        _give(exchange, all_subjects()[exchange.subject], line_to(exchange.connection), run, give)
    except NotConnected as error:
        _end(principal, run, because=str(error))
    else:
        _end(principal, run)
    return run


def _claim(exchange: Exchange, mine: Any) -> bool:
    free = Q(busy_until=None) | Q(busy_until__lt=clock.now())
    claimed = Exchange.objects.filter(free, pk=exchange.pk).update(busy_until=clock.now() + BUSY, busy_by=mine)
    exchange.refresh_from_db()
    return bool(claimed)


def _take_batch(
    principal: Principal, exchange: Exchange, subject: Subject, run: SyncRun, batch: Batch
) -> dict[str, dict[str, str]]:
    """Take a batch in; gives what has to be told to the back office, by key."""
    as_of = batch.as_of or clock.now()
    with transaction.atomic():
        locked = Exchange.objects.select_for_update().get(pk=exchange.pk)
        if not locked.columns and batch.rows:
            locked.columns = guessed_columns(subject, list(batch.rows[0]))
        tally = _Batch(principal, locked, subject, batch, as_of).taken()
        locked.mark, locked.as_of = batch.mark, as_of
        locked.save(update_fields=["mark", "as_of", "columns"])
        for name in ("created", "updated", "unchanged", "rejected", "conflicts"):
            setattr(run, name, getattr(run, name) + getattr(tally, name))
        run.rows_in += tally.rows
        run.save()
    exchange.mark, exchange.as_of, exchange.columns = locked.mark, locked.as_of, locked.columns
    return tally.give


class _Batch:
    """One batch on its way in, with all that is known of its keys, asked once."""

    def __init__(
        self, principal: Principal, exchange: Exchange, subject: Subject, batch: Batch, as_of: datetime
    ) -> None:
        self.principal, self.exchange, self.subject, self.batch, self.as_of = principal, exchange, subject, batch, as_of
        self.tally = Tally()
        self.columns = _columns_of(subject, exchange, batch)

    def taken(self) -> Tally:
        clear: dict[str, tuple[dict[str, str], Row]] = {}
        for place, row in enumerate(self.batch.rows):
            try:
                values = clean(self.subject, row, self.columns, self.batch.points)
                key = self.subject.key_of(values)
            except Refused as error:
                self._reject(f"{self.batch.source}#{place + 1}", row, str(error))
                continue
            if key in clear:  # the later row of one thing holds; the earlier one says nothing any more
                self.tally.unchanged += 1
            clear[key] = (values, row)
        ours = self.subject.find(self.principal, list(clear))
        known = Known.objects.filter(exchange=self.exchange, key__in=list(clear))
        before = {one.key: one.values for one in known}
        agreed: dict[str, dict[str, str]] = {}
        for key, (values, row) in clear.items():
            found = self._take(key, values, row, ours.get(key), before.get(key))
            if found is not None:
                agreed[key] = {**before.get(key, {}), **found}
        remember(self.exchange, agreed, self.as_of)
        RejectedRow.objects.filter(exchange=self.exchange, key__in=list(agreed), ended_at=None).update(
            ended_at=clock.now()
        )
        return self.tally

    def _take(
        self, key: str, values: dict[str, str], row: Row, ours: Ours | None, before: Mapping[str, str] | None
    ) -> dict[str, str] | None:
        """What both sides know from now on; None for a row that was refused."""
        compared = compare(values, ours.values if ours else None, before, self._owners())
        try:
            with transaction.atomic():
                if compared.take:
                    self.subject.take(self.principal, key, compared.take, ours, self.as_of)
        except DomainError as error:
            self._reject(key, row, str(error))
            return None
        self._count(compared, ours)
        self.tally.conflicts += note_conflicts(self.exchange, key, ours.label if ours else key, compared.ask, before)
        if compared.give and self.subject.gives:
            self.tally.give[key] = {**_keys_of(self.subject, values), **compared.give}
        return compared.agreed

    def _owners(self) -> dict[str, str]:
        owners: dict[str, str] = {one.name: one.owner for one in self.subject.fields} | self.exchange.owners
        return owners

    def _count(self, compared: Compared, ours: Ours | None) -> None:
        if ours is None:
            self.tally.created += 1
        elif compared.take:
            self.tally.updated += 1
        else:
            self.tally.unchanged += 1

    def _reject(self, key: str, row: Row, because: str) -> None:
        self.tally.rejected += 1
        facts = {"row": dict(row), "because": because[:300], "source": self.batch.source, "at": clock.now()}
        RejectedRow.objects.update_or_create(exchange=self.exchange, key=key[:120], ended_at=None, defaults=facts)


def _columns_of(subject: Subject, exchange: Exchange, batch: Batch) -> dict[str, str]:
    """As they were set; columns under other names count where their field has none in these rows."""
    names = dict.fromkeys(name for row in batch.rows for name in row)
    columns: dict[str, str] = {name: field for name, field in exchange.columns.items() if name in names}
    for name, known in guessed_columns(subject, [one for one in names if one not in columns]).items():
        if known not in columns.values():
            columns[name] = known
    return columns


def _give(
    exchange: Exchange, subject: Subject, line: BackOffice, run: SyncRun, give: Mapping[str, Mapping[str, str]]
) -> None:
    """Tell the back office what is ours, under its own names.

    What it took is what both sides know; what it refuses is told like a row that came in, and given at the next look.
    """
    if not give:
        return
    theirs = {ours: column for column, ours in exchange.columns.items()}
    rows = [{theirs.get(name, name): value for name, value in values.items()} for values in give.values()]
    refused = {key.casefold(): because for key, because in line.put(exchange.subject, rows).items()}
    for key, because in refused.items():
        facts = {"row": dict(give.get(key, {})), "because": because[:300], "source": OUT, "at": clock.now()}
        RejectedRow.objects.update_or_create(exchange=exchange, key=key[:120], ended_at=None, defaults=facts)
    taken = [key for key in give if key not in refused]
    known = dict(Known.objects.filter(exchange=exchange, key__in=taken).values_list("key", "values"))
    remember(exchange, {key: {**known.get(key, {}), **give[key]} for key in taken}, clock.now())
    RejectedRow.objects.filter(exchange=exchange, key__in=taken, source=OUT, ended_at=None).update(ended_at=clock.now())
    run.rows_out += len(taken)
    run.save(update_fields=["rows_out"])


def _keys_of(subject: Subject, values: Mapping[str, str]) -> dict[str, str]:
    return {name: values[name] for name in subject.keys if values.get(name)}


def _give_what_is_new(
    principal: Principal, exchange: Exchange, subject: Subject, line: BackOffice, run: SyncRun
) -> None:
    """What Filo alone has, and what changed here since both sides agreed, of fields that are ours."""
    owners = {one.name: one.owner for one in subject.fields} | exchange.owners
    mine = {name for name, owner in owners.items() if owner == "ours"}
    if not subject.gives or not mine:
        return
    changed = _changed(principal, exchange, subject, run)
    while some := dict(islice(changed, AT_ONCE)):
        known = dict(Known.objects.filter(exchange=exchange, key__in=list(some)).values_list("key", "values"))
        give: dict[str, dict[str, str]] = {}
        for key, values in some.items():
            before = known.get(key, {})
            new = {name: value for name, value in values.items() if name in mine and before.get(name) != value}
            if new:
                give[key] = {**_keys_of(subject, values), **new}
        _give(exchange, subject, line, run, give)


def _changed(
    principal: Principal, exchange: Exchange, subject: Subject, run: SyncRun
) -> Iterator[tuple[str, Mapping[str, str]]]:
    refused = RejectedRow.objects.filter(exchange=exchange, source=OUT, ended_at=None).values_list("key", flat=True)
    for key, ours in subject.find(principal, list(refused)).items():
        yield key, ours.values
    yield from subject.changed(principal, _last_look(exchange, run))


def remember(exchange: Exchange, agreed: Mapping[str, Mapping[str, str]], moment: datetime) -> None:
    """What both sides know from now on."""
    rows = [Known(exchange=exchange, key=key, values=dict(told), seen_at=moment) for key, told in agreed.items()]
    Known.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["exchange", "key"],
        update_fields=["values", "seen_at"],
        batch_size=500,
    )


def _last_look(exchange: Exchange, run: SyncRun) -> datetime | None:
    """When the last look that was finished began; what was written at that moment is looked at again."""
    done = SyncRun.objects.filter(exchange=exchange, state="done").exclude(how="webhook").exclude(pk=run.pk).first()
    return done.started_at - OVERLAP if done else None


def _end(principal: Principal, run: SyncRun, because: str = "") -> None:
    run.ended_at, run.because = clock.now(), because[:300]
    run.state = "failed" if because else "done"
    with transaction.atomic():
        run.save()
        connection = Connection.objects.select_for_update().get(pk=run.exchange.connection_id)
        if because:
            connection.failures += 1
            connection.failed_because = run.because
            pause = timedelta(minutes=connection.every_minutes) * 2 ** min(connection.failures, 8)
            connection.next_at = clock.now() + min(pause, LONGEST_PAUSE)
            if connection.failures == LOST_AFTER:
                announce(principal, ConnectionLost(connection=connection.pk, failures=connection.failures))
        else:
            connection.failures, connection.failed_because, connection.last_ok_at = 0, "", clock.now()
            connection.next_at = clock.now() + timedelta(minutes=connection.every_minutes)
        connection.save(update_fields=["failures", "failed_because", "last_ok_at", "next_at"])
        if run.conflicts:
            announce(principal, ValuesDisagreed(connection=connection.pk, conflicts=run.conflicts))
