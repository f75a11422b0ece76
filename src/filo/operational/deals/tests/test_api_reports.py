"""The forecast, and what was won and lost, at the API: the sums of the pages, in the firm's currency."""

from __future__ import annotations

from datetime import timedelta

import pytest

from filo.foundation import clock
from filo.operational.deals.services import lose_deal, win_deal
from filo.operational.deals.tests.floor import Floor
from filo.operational.prices.models import ExchangeRate
from filo.testing.api import api_of

pytestmark = pytest.mark.django_db


def euro(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def test_the_forecast_tells_months_people_units_and_stages(floor: Floor) -> None:
    today = clock.today()
    floor.open("Aperta", amount=1000, close_date=today)
    floor.open("Senza giorno", amount=200, stage="offer")
    win_deal(floor.principal("agent"), floor.open("Vinta", amount=500))
    found = api_of(floor.world, "agent").read("/deals/forecast").json()
    month = next(one for one in found["months"] if one["first"] == str(today.replace(day=1)))
    assert (month["open"]["number"], month["open"]["value"], month["open"]["weighted"]) == (
        1,
        euro("1000.00"),
        euro("100.00"),
    )
    assert (month["won"]["value"], month["expected"]) == (euro("500.00"), euro("600.00"))
    assert (found["undated"]["number"], found["undated"]["weighted"]) == (1, euro("100.00"))
    assert [(one["id"], one["open"]["number"], one["won"]["number"]) for one in found["owners"]] == [
        (str(floor.world.people["agent"].id), 2, 1)
    ]
    assert [(one["code"], one["open"]["value"]) for one in found["units"]] == [("nord", euro("1200.00"))]
    assert [(one["name"].split(": ")[-1], one["open"]["number"]) for one in found["stages"]] == [
        ("First", 1),
        ("Offer", 1),
        ("Talks", 0),
    ]


def test_sums_are_in_the_firms_currency_and_say_what_no_rate_is_known_of(floor: Floor) -> None:
    ExchangeRate.objects.create(currency="USD", day=clock.today(), rate="1.25")
    floor.open("Dollari", amount=125, currency="USD", close_date=clock.today())
    floor.open("Franchi", amount=100, currency="CHF", close_date=clock.today())
    months = api_of(floor.world, "agent").read("/deals/forecast").json()["months"]
    found = next(one["open"] for one in months if one["open"]["number"])
    assert (found["number"], found["value"], found["unknown"]) == (2, euro("100.00"), ["CHF"])


def test_a_forecast_is_narrowed_and_is_of_what_one_sees(floor: Floor) -> None:
    floor.open("Mia", amount=1000)
    boss = api_of(floor.world, "boss")
    for asked, number in (
        ("", 1),
        ("?owner=agent@aurora.example", 1),
        ("?owner=me", 0),
        ("?unit=nord", 1),
        ("?unit=sud", 0),
        ("?pipeline=shops", 1),
    ):
        assert boss.read(f"/deals/forecast{asked}").json()["undated"]["number"] == number, asked
    assert api_of(floor.world, "stranger").read("/deals/forecast").json()["undated"]["number"] == 0


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/deals/forecast?pipeline=nowhere", "pipeline"),
        ("/deals/forecast?unit=ovest", "unit"),
        ("/deals/forecast?owner=nobody@aurora.example", "owner"),
        ("/deals/report?since=domani", "since"),
        ("/deals/report?until=9999-12-31", "until"),
        ("/deals/report?since=2026-02-01&until=2026-01-01", "until"),
    ],
)
def test_what_a_report_cannot_be_about_says_why(floor: Floor, path: str, field: str) -> None:
    answer = api_of(floor.world, "agent").read(path)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert api_of(floor.world, "agent").read("/deals/report?colour=red").status_code == 400


def test_what_was_won_and_lost_is_told_with_reasons_and_times(floor: Floor) -> None:
    agent = floor.principal("agent")
    win_deal(agent, floor.open("Vinta", amount=300))
    lose_deal(agent, floor.open("Persa", amount=100, stage="offer"), reason=floor.reason)
    found = api_of(floor.world, "agent", language="it").read("/deals/report").json()
    assert (found["won"]["value"], found["lost"]["value"], found["percent"]) == (euro("300.00"), euro("100.00"), 50)
    assert found["average_won"] == euro("300.00")
    assert [(one["name"], one["share"], one["id"]) for one in found["reasons"]] == [
        ("Prezzo", 100, str(floor.reason.pk))
    ]
    assert [(one["left"], one["forward"], one["percent"]) for one in found["stages"]] == [(1, 1, 100), (1, 0, 0)]
    yesterday = clock.today() - timedelta(days=1)
    before = api_of(floor.world, "agent").read(f"/deals/report?until={yesterday}").json()
    assert (before["won"]["number"], before["percent"]) == (0, None)
    assert api_of(floor.world, "stranger").read("/deals/report").json()["won"]["number"] == 0
