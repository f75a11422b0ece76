"""Announcing: with the change or not at all, in the shape of CloudEvents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, Settings

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.events.base import DomainEvent, event_kind
from filo.foundation.events.models import OutboxEvent
from filo.foundation.events.services import OutsideTransaction, announce, cloud_event
from filo.foundation.events.tests.samples import TESTER, LampLit, lit
from filo.foundation.events.wire import from_data, readers, to_data

LAMP = UUID("0190aaaa-0000-7000-8000-000000000001")


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_of_a_transaction_is_refused() -> None:
    with pytest.raises(OutsideTransaction):
        announce(TESTER, lit("hall"))
    assert OutboxEvent.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_takes_its_events_with_it() -> None:
    with transaction.atomic():
        announce(TESTER, lit("hall"), lit("kitchen"))
        transaction.set_rollback(True)
    assert OutboxEvent.objects.count() == 0


@pytest.mark.django_db
def test_an_event_is_a_cloud_event(settings: Settings) -> None:
    settings.SITE_URL = "https://crm.example.it"
    anna = Principal(kind="staff", name="Anna Conti", user_id=LAMP)
    operation = UUID(int=7)
    with clock.at(datetime(2026, 11, 22, 9, 30, tzinfo=UTC)):
        announce(anna, LampLit(lamp=LAMP, room="hall"), operation_id=operation)
    row = OutboxEvent.objects.get()
    assert cloud_event(row) == {
        "specversion": "1.0",
        "id": str(row.event_id),
        "source": "https://crm.example.it",
        "type": "sample.lamp-lit",
        "subject": str(LAMP),
        "time": "2026-11-22T09:30:00Z",
        "datacontenttype": "application/json",
        "data": {"lamp": str(LAMP), "room": "hall"},
    }
    assert (row.actor, row.actor_id, row.operation_id) == ("Anna Conti", LAMP, operation)


@pytest.mark.django_db
def test_many_events_are_written_in_few_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(10):  # SQLite takes some hundred values at once
        announce(TESTER, *(lit(f"room {number}") for number in range(500)))
    assert OutboxEvent.objects.count() == 500


@dataclass(frozen=True, kw_only=True)
class EverythingPlain(DomainEvent):
    """All that an event may hold."""

    type: ClassVar[str] = "sample.everything-plain"
    id: UUID
    at: datetime
    on: date
    many: list[UUID]
    note: str | None = None
    number: int = 0
    yes: bool = True

    @property
    def subject(self) -> UUID:
        return self.id


def test_plain_fields_come_back_as_they_were() -> None:
    event = EverythingPlain(
        id=LAMP,
        at=datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
        on=date(2026, 3, 29),
        many=[LAMP, UUID(int=1)],
        note="x",
        yes=False,
    )
    assert from_data(EverythingPlain, to_data(event)) == event


def test_data_of_another_version_is_read_with_defaults_and_without_what_is_unknown() -> None:
    old = {"id": str(LAMP), "at": "2026-03-29T01:00:00+00:00", "on": "2026-03-29", "many": [], "gone": 1}
    event = from_data(EverythingPlain, old)
    assert (event.note, event.number, event.yes) == (None, 0, True)  # type: ignore[attr-defined]


def test_money_and_other_things_do_not_travel_in_events() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Priced(DomainEvent):
        price: Decimal

    with pytest.raises(TypeError, match="ids and plain values only"):
        readers(Priced)


def test_two_events_cannot_have_one_type() -> None:
    with pytest.raises(TypeError, match=r"sample\.lamp-lit"):

        class Impostor(DomainEvent):
            type: ClassVar[str] = "sample.lamp-lit"

    assert event_kind("sample.lamp-lit") is LampLit
