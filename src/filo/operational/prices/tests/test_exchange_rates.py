"""Rates of exchange come in as the European Central Bank publishes them."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from filo.foundation.errors import Forbidden, InvalidFields
from filo.operational.prices.models import ExchangeRate
from filo.operational.prices.services.rates import import_rates, set_rate
from filo.testing.world import World

XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject><gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
<Cube><Cube time="2026-11-27"><Cube currency="USD" rate="1.0834"/><Cube currency="XXX" rate="5"/></Cube>
<Cube time="2026-11-26"><Cube currency="USD" rate="1.0812"/><Cube currency="CHF" rate="0.9312"/></Cube></Cube></gesmes:Envelope>"""  # noqa: E501
HISTORY = b"Date,USD,JPY,CYP,\n2026-11-27,1.0834,163.52,N/A,\n2026-11-26,1.0812,163.1,N/A,\n"
DAILY = b"Date, USD, JPY, \n27 November 2026, 1.0834, 163.52, \n"
BOMB = (
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
    b"<x><Cube time='2026-11-27'><Cube currency='USD' rate='1.1'/>&a;</Cube></x>"
)


def test_the_xml_of_many_days(world: World) -> None:
    found = import_rates(world.principal("admin"), XML)
    assert (found.created, found.changed, found.latest) == (3, 0, date(2026, 11, 27))
    assert ExchangeRate.objects.get(currency="CHF").rate == Decimal("0.9312")
    again = import_rates(world.principal("admin"), XML)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 3)


def test_the_tables_of_all_days_and_of_one(world: World) -> None:
    admin = world.principal("admin")
    assert import_rates(admin, HISTORY).created == 4
    assert import_rates(admin, DAILY).unchanged == 2
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("eurofxref-hist.csv", HISTORY)
    assert import_rates(admin, packed.getvalue()).unchanged == 4


@pytest.mark.parametrize("content", [BOMB, b"", b"hello", b"<a/>", b"PK\x03\x04nonsense", b"Date,USD\nyesterday,1\n"])
def test_what_is_none_is_refused_with_a_sentence(world: World, content: bytes) -> None:
    with pytest.raises(InvalidFields) as refused:
        import_rates(world.principal("admin"), content)
    assert "file" in refused.value.fields
    assert not ExchangeRate.objects.exists()


def test_by_hand_and_only_by_who_may(world: World) -> None:
    with pytest.raises(Forbidden):
        set_rate(world.principal("agent"), "USD", date(2026, 11, 27), Decimal("1.1"))
    assert set_rate(world.principal("admin"), "USD", date(2026, 11, 27), Decimal("1.1")).source == "by hand"
    for currency, rate in (("EUR", "1"), ("ABC", "1"), ("USD", "0"), ("USD", "-1")):
        with pytest.raises(InvalidFields):
            set_rate(world.principal("admin"), currency, date(2026, 11, 27), Decimal(rate))
