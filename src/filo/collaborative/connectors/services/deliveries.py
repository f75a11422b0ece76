"""What is ours goes out to a back office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice

from filo.collaborative.connectors.contract import BackOffice
from filo.collaborative.connectors.models import Exchange, Known, RejectedRow, SyncRun
from filo.collaborative.connectors.policies import in_its_company
from filo.collaborative.connectors.services.batches import keys_of, remember
from filo.collaborative.connectors.subjects.base import Subject
from filo.foundation import clock
from filo.foundation.access.principal import Principal

OVERLAP = timedelta(minutes=5)
AT_ONCE = 500
OUT = "out"  # where a refused row stood that Filo gave


def give_rows(
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


def give_what_is_new(
    principal: Principal, exchange: Exchange, subject: Subject, line: BackOffice, run: SyncRun
) -> None:
    """What Filo alone has, and what changed here since both sides agreed, of fields that are ours."""
    owners = {one.name: one.owner for one in subject.fields} | exchange.owners
    mine = {name for name, owner in owners.items() if owner == "ours"}
    if not subject.gives or not mine:
        return
    changed = _changed(in_its_company(principal, exchange.connection.company_id), exchange, subject, run)
    while some := dict(islice(changed, AT_ONCE)):
        known = dict(Known.objects.filter(exchange=exchange, key__in=list(some)).values_list("key", "values"))
        give: dict[str, dict[str, str]] = {}
        for key, values in some.items():
            before = known.get(key, {})
            new = {name: value for name, value in values.items() if name in mine and before.get(name) != value}
            if new:
                give[key] = {**keys_of(subject, values), **new}
        give_rows(exchange, subject, line, run, give)


def _changed(
    principal: Principal, exchange: Exchange, subject: Subject, run: SyncRun
) -> Iterator[tuple[str, Mapping[str, str]]]:
    refused = RejectedRow.objects.filter(exchange=exchange, source=OUT, ended_at=None).values_list("key", flat=True)
    for key, ours in subject.find(principal, list(refused)).items():
        yield key, ours.values
    yield from subject.changed(principal, _last_look(exchange, run))


def _last_look(exchange: Exchange, run: SyncRun) -> datetime | None:
    """When the last look that was finished began; what was written at that moment is looked at again."""
    done = SyncRun.objects.filter(exchange=exchange, state="done").exclude(how="webhook").exclude(pk=run.pk).first()
    return done.started_at - OVERLAP if done else None
