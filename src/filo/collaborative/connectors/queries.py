"""Reads about back offices."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import ngettext

from filo.collaborative.connectors.contract import BackOffice, Figures, NotConnected, Row
from filo.collaborative.connectors.kinds.csv_folder.connector import points_in
from filo.collaborative.connectors.kinds.finding import all_kinds
from filo.collaborative.connectors.models import Conflict, Connection, Exchange, SyncRun
from filo.collaborative.connectors.policies import in_its_company
from filo.collaborative.connectors.sealing import KEYS
from filo.collaborative.connectors.subjects.base import Refused, Subject, all_subjects, clean
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound

MOST_NAMED, LATE = 200, timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Differing:
    """A key whose rows are not the same: its fields with our value and theirs; one side may lack it."""

    key: str
    only: str  # "ours", "theirs", or empty where both have it
    fields: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Both sides counted, summed up and compared; `differing` names the first some hundred keys."""

    ours: Figures
    theirs: Figures
    differing: list[Differing]
    count_differing: int

    @property
    def agree(self) -> bool:
        return not self.count_differing


def line_to(connection: Connection) -> BackOffice:
    """A line to a back office. Raises `NotConnected` where its kind is not there."""
    kind = all_kinds().get(connection.kind)
    if kind is None:
        raise NotConnected(connection.kind)
    return kind(connection.given, KEYS.open_text(connection.sealed_secret))


def seen_connection(principal: Principal, connection_id: UUID) -> Connection:
    """One that this person may see. Raises `NotFound`."""
    found = Connection.objects.visible_to(principal).select_related("company").filter(pk=connection_id).first()
    if found is None:
        raise NotFound
    return found


def seen_exchange(principal: Principal, connection_id: UUID, subject: str) -> Exchange:
    """One subject of a back office that this person may see. Raises `NotFound`."""
    connection = seen_connection(principal, connection_id)
    found = Exchange.objects.filter(connection=connection, subject=subject).select_related("connection").first()
    if found is None or subject not in all_subjects():
        raise NotFound
    return found


def conflicts_seen(principal: Principal) -> QuerySet[Conflict]:
    """Disagreements with the back offices that this person may see."""
    mine = Connection.objects.visible_to(principal)
    return Conflict.objects.filter(exchange__connection__in=mine).select_related("exchange__connection")


def seen_conflict(principal: Principal, conflict_id: UUID) -> Conflict:
    """One of them. Raises `NotFound`."""
    found = conflicts_seen(principal).filter(pk=conflict_id).first()
    if found is None:
        raise NotFound
    return found


def exchanges_counted() -> QuerySet[Exchange]:
    """What is exchanged, with how much of it waits for a person: open_conflicts, open_rejected."""
    return Exchange.objects.annotate(
        open_conflicts=Count("conflicts", Q(conflicts__state="open"), distinct=True),
        open_rejected=Count("rejected", Q(rejected__ended_at=None), distinct=True),
    )


def standing_of(
    connections: Sequence[Connection],
) -> list[tuple[Connection, list[tuple[Exchange, SyncRun | None]]]]:
    """Each back office with what is exchanged over it and the last look at each, in two queries."""
    last = SyncRun.objects.filter(exchange=OuterRef("pk")).order_by("-started_at", "-id").values("pk")[:1]
    rows = exchanges_counted().filter(connection__in=[one.pk for one in connections]).annotate(last=Subquery(last))
    exchanges = list(rows.select_related("connection"))
    wanted = [one.last for one in exchanges]
    runs = {run.pk: run for run in SyncRun.objects.filter(pk__in=[one for one in wanted if one])}
    found: dict[UUID, list[tuple[Exchange, SyncRun | None]]] = {one.pk: [] for one in connections}
    for exchange, key in zip(exchanges, wanted, strict=True):
        run = runs.get(key) if key else None
        if run is not None:
            run.exchange = exchange
        found[exchange.connection_id].append((exchange, run))
    return [(one, found[one.pk]) for one in connections]


def is_late(exchange: Exchange) -> bool:
    """Whether it is exchanged and was not reached, or has said nothing for a day since it said something."""
    connection, said = exchange.connection, exchange.as_of
    is_on = exchange.active and connection.active
    return is_on and (bool(connection.failures) or (said is not None and said < clock.now() - LATE))


def age_of(subject: str) -> tuple[str, datetime | None] | None:
    """Which back office a subject comes from, and how old what it said last is; None where none is connected."""
    found = (
        Exchange.objects.filter(subject=subject, active=True, connection__active=True)
        .exclude(as_of=None)
        .select_related("connection")
        .order_by("-as_of")
        .first()
    )
    return (found.connection.name, found.as_of) if found else None


@dataclass(frozen=True, slots=True)
class Age:
    """A subject, by what it is called, the back office that says it, since when, and whether that is late: it was
    not reached, or has said nothing for a day.
    """

    label: str
    office: str
    as_of: datetime
    is_late: bool

    @property
    def words(self) -> str:
        """20 minutes ago, 3 hours ago, 2 days ago."""
        minutes = max(int((clock.now() - self.as_of).total_seconds() // 60), 0)
        if minutes < 60:
            return ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes) % {"n": minutes}
        if minutes < 48 * 60:
            return ngettext("%(n)s hour ago", "%(n)s hours ago", minutes // 60) % {"n": minutes // 60}
        days = minutes // (24 * 60)
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}


def ages_of(subjects: Collection[str]) -> list[Age]:
    """How old is what back offices said of these subjects, the newest of each; in one query."""
    rows = Exchange.objects.filter(subject__in=subjects, active=True, connection__active=True, as_of__isnull=False)
    known, stale = all_subjects(), clock.now() - LATE
    newest: dict[str, Age] = {}
    for row in rows.select_related("connection").order_by("-as_of"):
        if row.as_of is not None and row.subject in known:
            is_late = bool(row.connection.failures) or row.as_of < stale
            age = Age(str(known[row.subject].label), row.connection.name, row.as_of, is_late)
            newest.setdefault(row.subject, age)
    return [newest[code] for code in subjects if code in newest]


def reconciled(principal: Principal, exchange: Exchange) -> Reconciled | None:
    """Both sides compared, whole; None where the back office cannot tell all it has. Raises `NotConnected`."""
    subject = all_subjects()[exchange.subject]
    given = line_to(exchange.connection).figures(exchange.subject)
    if given is None:
        return None
    theirs = _their_rows(subject, given, exchange.columns)
    names = {name for values in theirs.values() for name in values}
    ours = {
        key: {name: value for name, value in values.items() if name in names}
        for key, values in subject.all(in_its_company(principal, exchange.connection.company_id))
    }
    differing = [
        Differing(key, _only(key, ours, theirs), _differences(ours.get(key, {}), theirs.get(key, {})))
        for key in sorted(ours.keys() | theirs.keys())
        if ours.get(key) != theirs.get(key)
    ]
    return Reconciled(figures_of(subject, ours), figures_of(subject, theirs), differing[:MOST_NAMED], len(differing))


def figures_of(subject: Subject, rows: Mapping[str, Mapping[str, str]]) -> Figures:
    """Count, sums of what are numbers, and a digest of each row."""
    sums: dict[str, Decimal] = {}
    for field in subject.fields:
        if field.kind == "number":
            sums[field.name] = sum((_number(values.get(field.name, "")) for values in rows.values()), Decimal(0))
    digests = {key: sha256(repr(sorted(values.items())).encode()).hexdigest()[:16] for key, values in rows.items()}
    return Figures(len(rows), sums, digests)


def _their_rows(subject: Subject, given: list[Row], columns: Mapping[str, str]) -> dict[str, dict[str, str]]:
    points = points_in(given)
    found: dict[str, dict[str, str]] = {}
    for row in given:
        try:
            values = clean(subject, row, columns, points)
            found[subject.key_of(values)] = values
        except Refused:
            continue
    return found


def _only(key: str, ours: Mapping[str, object], theirs: Mapping[str, object]) -> str:
    return "ours" if key not in theirs else "theirs" if key not in ours else ""


def _differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    names = sorted(ours.keys() | theirs.keys())
    return {name: (ours.get(name, ""), theirs.get(name, "")) for name in names if ours.get(name) != theirs.get(name)}


def _number(text: str) -> Decimal:
    try:
        return Decimal(text or 0)
    except InvalidOperation:
        return Decimal(0)
