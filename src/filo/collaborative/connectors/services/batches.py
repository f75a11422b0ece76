"""A batch of rows of a back office comes in, with all that is known of its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from filo.collaborative.connectors.comparing import Compared, compare
from filo.collaborative.connectors.contract import Batch, Row
from filo.collaborative.connectors.models import Exchange, Known, RejectedRow, SyncRun
from filo.collaborative.connectors.policies import in_its_company
from filo.collaborative.connectors.services.disagreeing import note_conflicts
from filo.collaborative.connectors.subjects.base import Ours, Refused, Subject, clean, guessed_columns
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError, InvalidFields


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


def take_batch(
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
        self.principal = in_its_company(principal, exchange.connection.company_id)
        self.exchange, self.subject, self.batch, self.as_of = exchange, subject, batch, as_of
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
            self._reject(key, row, _because(error))
            return None
        self._count(compared, ours)
        self.tally.conflicts += note_conflicts(self.exchange, key, ours.label if ours else key, compared.ask, before)
        if compared.give and self.subject.gives:
            self.tally.give[key] = {**keys_of(self.subject, values), **compared.give}
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


def keys_of(subject: Subject, values: Mapping[str, str]) -> dict[str, str]:
    """What of the values says which thing it is."""
    return {name: values[name] for name in subject.keys if values.get(name)}


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


def _because(error: DomainError) -> str:
    """Its sentence; of fields their own, which say what is wrong."""
    told = [str(one) for found in error.fields.values() for one in found] if isinstance(error, InvalidFields) else []
    return " ".join(told) or str(error)
