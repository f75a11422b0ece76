"""Points that anybody can follow: what a deal is, what happened lately, and why it has so many."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from filo.foundation import clock
from filo.operational.deals.models import ScoreRule
from filo.operational.deals.queries.scoring import score_of
from filo.operational.deals.score import Happening, holds, score
from filo.operational.deals.services import change_deal
from filo.operational.deals.services.scoring import score_all
from filo.operational.deals.services.settings import save_score_rule
from filo.operational.deals.tests.floor import Floor
from filo.operational.interactions.services import log_interaction
from filo.operational.prices.models import ExchangeRate
from filo.testing.clients import client_of

pytestmark = pytest.mark.django_db


def rule(floor: Floor, **facts: Any) -> ScoreRule:
    return save_score_rule(floor.principal("admin"), None, {"name_it": "Regola", "points": 20, **facts})


@pytest.mark.parametrize(
    ("operator", "value", "wanted", "so"),
    [
        ("is", "Fiera", "fiera", True),
        ("is", None, "", True),
        ("is-not", "Fiera", "sito", True),
        ("contains", "Fiera di Milano", "milano", True),
        ("contains", "Fiera", "", False),
        ("more", Decimal(1001), "1000", True),
        ("more", Decimal(1000), "1000", False),
        ("less", Decimal("9.5"), "9,6", True),
        ("less", "molto", "9", False),
        ("set", "x", "", True),
        ("set", "", "", False),
        ("empty", None, "", True),
        ("nonsense", "x", "x", False),
    ],
)
def test_a_fact_is_as_a_rule_has_it(operator: str, value: Any, wanted: str, so: bool) -> None:
    assert holds(operator, value, wanted) == so


def test_what_happened_counts_half_after_its_half_life_and_has_a_limit() -> None:
    now = clock.now()
    made = ScoreRule(way="behaviour", field="interaction.call", points=20, half_life=10, within_days=90, most=30)
    ages = {0: 20, 10: 10, 20: 5, 91: 0}
    for days, points in ages.items():
        found = score({}, [Happening("interaction.call", "out", now - timedelta(days=days))], [made], now)
        assert found.total == points, days
    four = [Happening("interaction.call", "out", now)] * 4
    assert score({}, four, [made], now).total == 30
    assert score({}, four, [made], now).contributions[0].times == 4


def test_the_points_are_kept_at_each_change_and_fade_by_night(floor: Floor) -> None:
    rule(floor, field="amount", operator="more", value="5000", name_it="Grande")
    rule(floor, way="behaviour", field="interaction.call", name_it="Chiamate", half_life=10)
    deal = floor.open(amount=Decimal(100))
    assert deal.score == 0
    log_interaction(floor.principal(), floor.world.parties["own"], channel="call", direction="out", subject="s")
    assert change_deal(floor.principal(), deal, amount=Decimal(9000)).score == 40
    with clock.at(clock.now() + timedelta(days=10)):
        assert score_all() == 1
        assert floor.again(deal).score == 30
        assert [one.points for one in score_of(floor.again(deal)).contributions] == [20, 10]


def test_an_amount_is_compared_in_the_firms_currency(floor: Floor) -> None:
    ExchangeRate.objects.create(currency="JPY", day=clock.today(), rate=Decimal(160))
    rule(floor, field="amount", operator="more", value="5000", name_it="Grande")
    assert floor.open(amount=Decimal(20_000), currency="JPY").score == 0
    assert floor.open(amount=Decimal(960_000), currency="JPY").score == 20
    assert floor.open(amount=Decimal(960_000), currency="CHF").score == 0


def test_the_page_says_why(floor: Floor) -> None:
    rule(floor, field="source", value="fiera", name_it="Dalla fiera", points=12)
    deal = floor.open(source="Fiera")
    page = client_of(floor.world, "agent").get(f"/deals/{deal.id}/points").content.decode()
    assert ("Dalla fiera" in page, "+12" in page) == (True, True)


def test_points_stay_between_a_hundred_below_and_a_hundred(floor: Floor) -> None:
    for number in range(3):
        rule(floor, field="source", operator="set", points=60, name_it=f"R {number}")
    assert floor.open(source="x").score == 100
