"""The sums that verbs keep are those of the deals, whatever was done to them, by hand or at random."""

from __future__ import annotations

import random
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from filo.foundation import clock
from filo.foundation.errors import DomainError
from filo.foundation.organisation.services import new_unit
from filo.operational.deals.models import Deal, DealSum, PipelineStage
from filo.operational.deals.queries.ends import ends_of
from filo.operational.deals.queries.forecast import month_after
from filo.operational.deals.queries.reports import Narrowed, forecast_of
from filo.operational.deals.services import (
    change_deal,
    delete_deal,
    hand_over_deal,
    lose_deal,
    move_deal,
    reopen_deal,
    restore_deal,
    win_deal,
)
from filo.operational.deals.services.adding_up import CELL, MEASURES, fold_sums, slow_sums, sum_anew
from filo.operational.deals.services.settings import save_stage
from filo.operational.deals.tests.floor import Floor
from filo.testing.clients import client_of

pytestmark = pytest.mark.django_db


def kept() -> dict[tuple[Any, ...], tuple[int, ...]]:
    found: dict[tuple[Any, ...], list[int]] = {}
    for row in DealSum.objects.values_list(*CELL, *MEASURES):
        sums = found.setdefault(row[: len(CELL)], [0, 0, 0])
        for place, value in enumerate(row[len(CELL) :]):
            sums[place] += value
    return {cell: tuple(sums) for cell, sums in found.items() if any(sums)}


def slow() -> dict[tuple[Any, ...], tuple[int, ...]]:
    rows = slow_sums(Deal.objects.filter(deleted_at=None))
    return {row[: len(CELL)]: tuple(row[len(CELL) :]) for row in rows}


def test_after_random_acts_the_sums_are_those_of_the_deals(floor: Floor) -> None:
    rng, who = random.Random(7), floor.principal("admin")
    deals = [floor.open(f"v {n}", amount=Decimal(n) * Decimal("10.07"), who="agent") for n in range(1, 7)]
    acts = (
        lambda deal: move_deal(who, deal, floor.stages[rng.choice(("first", "offer", "talks"))]),
        lambda deal: change_deal(
            who, deal, amount=Decimal(rng.randint(1, 10**6)) / 100, probability=rng.choice((None, 35))
        ),
        lambda deal: change_deal(
            who, deal, close_date=date(2026, rng.randint(1, 12), 3), currency=rng.choice(("EUR", "USD"))
        ),
        lambda deal: hand_over_deal(who, deal, owner_id=floor.world.people[rng.choice(("teammate", "stranger"))].id),
        lambda deal: win_deal(who, deal),
        lambda deal: lose_deal(who, deal, reason=floor.reason),
        lambda deal: reopen_deal(who, deal),
        lambda deal: delete_deal(who, deal),
        lambda deal: restore_deal(who, deal),
    )
    for number in range(90):
        try:
            rng.choice(acts)(floor.again(rng.choice(deals)))
        except DomainError:
            continue
        if number % 10 == 0:
            assert kept() == slow()
        if number % 30 == 0:
            fold_sums()
    assert kept() == slow()
    rows = fold_sums()
    assert (kept(), DealSum.objects.count()) == (slow(), rows)
    sum_anew()
    assert kept() == slow()


def test_open_deals_follow_the_probability_of_their_stage_and_so_do_the_sums(floor: Floor) -> None:
    deal = floor.open(amount=Decimal(200))
    facts = {"name_it": "Primo", "name_en": "", "probability": 25, "stale_after": 3, "required": [], "next_codes": []}
    save_stage(floor.principal("admin"), floor.pipeline, PipelineStage.objects.get(pk=deal.stage_id), facts)
    assert (floor.again(deal).chance, floor.again(deal).weighted) == (25, Decimal(50))
    assert kept() == slow()


def test_the_forecast_tells_months_against_last_year_and_leads_to_its_rows(floor: Floor) -> None:
    today = clock.today()
    floor.open("Aperta", amount=Decimal(1000), close_date=today, stage="offer")
    floor.open("Senza giorno", amount=Decimal(70))
    win_deal(floor.principal(), floor.open("Vinta", amount=Decimal(300)))
    with clock.at(clock.now() - timedelta(days=365)):
        win_deal(floor.principal(), floor.open("Un anno fa", amount=Decimal(400)))
    found = forecast_of(floor.principal(), Narrowed())
    month = next(one for one in found.months if one.first == today.replace(day=1))
    assert (month.open.amount, month.open.weighted, month.won.amount) == tuple(map(Decimal, (1000, 500, 300)))
    assert month.expected == 800
    assert sum(one.year_before.amount for one in found.months) == 400
    assert (found.undated.number, found.undated.amount) == (1, Decimal(70))
    assert [(part.name, part.open.number) for part in found.owners] == [("Agent", 2)]
    client = client_of(floor.world, "agent")
    assert client.get("/deals/forecast").status_code == 200
    rows = client.get(f"/deals?{month.open_query}").content.decode()
    assert ("Aperta" in rows, "Senza giorno" in rows) == (True, False)
    assert "Vinta" in client.get(f"/deals?{month.won_query}").content.decode()


def test_open_deals_whose_day_went_by_are_late_from_the_next_day_on_and_are_led_to(floor: Floor) -> None:
    noon = datetime(2026, 5, 20, 12, tzinfo=UTC)
    with clock.at(noon):
        for title, day, amount in (
            ("Mesi fa", date(2026, 2, 3), 1000),
            ("Primo del mese", date(2026, 5, 1), 200),
            ("Ieri", date(2026, 5, 19), 30),
            ("Di oggi", date(2026, 5, 20), 4000),
            ("Domani", date(2026, 5, 21), 50000),
        ):
            floor.open(title, amount=Decimal(amount), close_date=day, stage="offer")
        floor.open("Di altri", close_date=date(2026, 5, 4), who="stranger", party="southern")
        win_deal(floor.principal(), floor.open("Vinta", close_date=date(2026, 5, 4)))
        delete_deal(floor.principal(), floor.open("Nel cestino", close_date=date(2026, 5, 4)))
        late = forecast_of(floor.principal(), Narrowed()).late
        client = client_of(floor.world, "agent")
        page = client.get("/deals/forecast").content.decode()
        rows = client.get("/deals?state=open&close=before:2026-05-20").content.decode()
    assert (late.number, late.amount, late.weighted) == (3, Decimal(1230), Decimal(615))
    assert "?state=open&amp;close=before:2026-05-20" in page
    told = {title for title in ("Mesi fa", "Primo del mese", "Ieri", "Di oggi", "Domani", "Vinta") if title in rows}
    assert told == {"Mesi fa", "Primo del mese", "Ieri"}


def test_what_a_forecast_of_a_unit_leads_to_is_of_that_unit_and_those_below(floor: Floor) -> None:
    world, client = floor.world, client_of(floor.world, "boss")
    new_unit(name="Nord Est", parent=world.units["nord"], code="nord-est")
    floor.open("Mia", amount=1000)
    floor.open("Sua", who="stranger", party="southern", amount=1000)
    page = client.get("/deals/forecast?unit=nord").content.decode()
    (address,) = re.findall(r'href="(/deals\?state=open&amp;close=empty:[^"]*)"', page)
    assert address.endswith("&amp;unit=nord&amp;unit=nord-est")
    rows = client.get(address.replace("&amp;", "&")).content.decode()
    assert "Mia" in rows
    assert "Sua" not in rows


def test_each_sees_the_sums_of_what_he_sees(floor: Floor) -> None:
    floor.open(amount=Decimal(100), who="agent")
    floor.open(amount=Decimal(50), who="teammate", party="shared")
    floor.open(amount=Decimal(25), who="stranger", party="southern")
    wanted = {"agent": 100, "teammate": 50, "manager": 150, "other_manager": 25, "boss": 175}
    for person, amount in wanted.items():
        found = forecast_of(floor.principal(person), Narrowed())
        assert found.undated.amount == amount, person


def test_what_is_in_a_currency_without_a_rate_is_counted_and_not_added(floor: Floor) -> None:
    floor.open(amount=Decimal(100))
    floor.open(amount=Decimal(100), currency="USD")
    found = forecast_of(floor.principal(), Narrowed())
    assert (found.undated.number, found.undated.amount, found.undated.unknown) == (2, Decimal(100), {"USD"})


def test_why_deals_were_lost_and_how_long_stages_take(floor: Floor) -> None:
    deal = floor.open(amount=Decimal(100))
    with clock.at(clock.now() + timedelta(days=4)):
        deal = move_deal(floor.principal(), deal, floor.stages["offer"])
        lose_deal(floor.principal(), deal, reason=floor.reason)
        win_deal(floor.principal(), floor.open(amount=Decimal(300)))
        today = clock.today()
        ends = ends_of(floor.principal(), Narrowed(), since=today - timedelta(days=9), until=today + timedelta(days=1))
    assert (ends.won.amount, ends.lost.amount, ends.percent) == (Decimal(300), Decimal(100), 50)
    assert [(row.name, row.sum.number, row.share) for row in ends.reasons] == [("Prezzo", 1, 100)]
    times = {row.name: (row.left, row.percent) for row in ends.stages}
    assert times == {"Negozi: First": (2, 100), "Negozi: Offer": (1, 0)}
    assert client_of(floor.world, "agent").get("/deals/report").status_code == 200


@pytest.mark.parametrize(("months", "first"), [(-2, date(2025, 12, 1)), (0, date(2026, 2, 1)), (11, date(2027, 1, 1))])
def test_months_are_counted_over_the_years(months: int, first: date) -> None:
    assert month_after(date(2026, 2, 28), months) == first
