"""What is proposed is picked with a reason, leads to a quote, and is decided by what the customer does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from time_machine import TimeMachineFixture

from filo.foundation import clock
from filo.foundation.errors import InvalidFields
from filo.operational.catalogue.models import ProductRelation, Stock
from filo.operational.offers.models import Offer
from filo.operational.offers.queries.picking import Pick, picks_for
from filo.operational.offers.services import (
    close_offer,
    expire_offers,
    hear_of_order,
    hear_of_quote,
    make_offer,
    quote_offer,
)
from filo.operational.orders.models import OrderLine
from filo.operational.orders.tests.counter import COAT, JACKET, LAMP, Counter, counter_of
from filo.operational.parties.models import TimelineEntry
from filo.operational.past.drafts import PastLineDraft, PastOrderDraft
from filo.operational.past.services.arriving import keep_past_orders
from filo.operational.profile.services import learn
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., CheckedClient]


@pytest.fixture
def counter(world: World) -> Counter:
    """A customer who bought the jacket twice; the lamp goes with it."""
    found = counter_of(world)
    for _time in range(2):
        found.confirmed(found.line(JACKET))
    jacket, lamp = (found.shop.variants[sku].product for sku in (JACKET, LAMP))
    ProductRelation.objects.create(product=jacket, other=lamp, kind="accessory")
    return found


def picks(counter: Counter) -> dict[str, Pick]:
    rows = picks_for(counter.principal(), counter.world.parties["own"], counter.world.companies["moda"])
    skus = {variant.pk: sku for sku, variant in counter.shop.variants.items()}
    return {skus[one.variant_id]: one for one in rows}


def offered(counter: Counter, sku: str = LAMP, **facts: object) -> Offer:
    usual = {"channel": "phone", "valid_until": clock.today() + timedelta(days=10)}
    wanted = [counter.shop.variants[sku].pk]
    return make_offer(counter.principal(), counter.world.parties["own"], variants=wanted, **usual | facts)  # type: ignore[arg-type]


def test_each_pick_says_why_and_what_it_costs(counter: Counter) -> None:
    found = picks(counter)
    assert (found[JACKET].rule, found[LAMP].rule) == ("again", "goes-with")
    assert found[JACKET].reason.startswith("Comprato 2 volte")
    assert (found[JACKET].price, found[LAMP].price) == (Decimal("100.00"), Decimal("250.00"))
    assert COAT not in found  # nothing speaks for it


def test_what_is_not_there_is_not_proposed(counter: Counter) -> None:
    Stock.objects.filter(variant=counter.shop.variants[LAMP]).update(on_hand=0)
    assert LAMP not in picks(counter)
    with pytest.raises(InvalidFields):
        offered(counter)
    for wrong in ({"channel": "pigeon"}, {"valid_until": clock.today() - timedelta(days=1)}):
        with pytest.raises(InvalidFields):
            offered(counter, JACKET, **wrong)
    assert Offer.objects.count() == 0


def test_it_becomes_one_quote_and_is_decided_with_it(counter: Counter) -> None:
    offer = offered(counter)
    quote = quote_offer(counter.principal(), offer)
    assert quote_offer(counter.principal(), offer).pk == quote.pk
    assert [line.unit_price for line in quote.lines.all()] == [Decimal("250.00")]
    hear_of_quote(quote.pk, "accepted")
    offer.refresh_from_db()
    assert (offer.state, offer.closed_at is not None) == ("accepted", True)
    kinds = set(TimelineEntry.objects.filter(reference_id=offer.pk).values_list("kind", flat=True))
    assert kinds == {"offer.made", "offer.accepted"}


def test_an_order_of_it_takes_it_and_time_ends_it(counter: Counter, time_machine: TimeMachineFixture) -> None:
    taken, forgotten = offered(counter), offered(counter, JACKET)
    order = counter.confirmed(counter.line(LAMP))
    hear_of_order(order.pk, order.party_id)
    assert expire_offers() == 0
    time_machine.move_to(clock.now() + timedelta(days=11), tick=False)
    assert (expire_offers(), expire_offers()) == (1, 0)
    taken.refresh_from_db()
    forgotten.refresh_from_db()
    assert (taken.state, forgotten.state) == ("accepted", "expired")


def test_from_the_card_to_the_report(counter: Counter, client_of: ClientOf) -> None:
    client, party = client_of("inside"), counter.world.parties["own"]
    page = client.get(f"/parties/{party.pk}/propose").content.decode()
    assert "Si abbina a" in page
    data = {"channel": "visit", "valid_until": (clock.today() + timedelta(days=5)).isoformat(), "note": "Fiera"}
    assert client.post(f"/parties/{party.pk}/propose", data).status_code == 422  # nothing is ticked
    lamp = counter.shop.variants[LAMP].pk
    made = client.post(f"/parties/{party.pk}/propose", data | {"variants": [lamp]})
    offer = Offer.objects.get()
    assert made["Location"] == f"/offers/{offer.pk}"
    assert "Fiera" in client.get(made["Location"]).content.decode()
    assert client.post(f"/offers/{offer.pk}/close", {"outcome": "accepted"}).status_code == 302
    report = client.get("/offers/report").content.decode()
    assert "100" in report
    assert party.display_name in client.get("/offers?rule=goes-with&state=accepted").content.decode()
    assert client_of("stranger").get(f"/offers/{offer.pk}").status_code == 404
    assert client_of("stranger").get(f"/parties/{party.pk}/propose").status_code == 404


def test_offers_at_the_api(counter: Counter) -> None:
    api, party = api_of(counter.world, "inside"), counter.world.parties["own"]
    rows = api.read(f"/parties/{party.pk}/proposals").json()["items"]
    assert {row["rule"] for row in rows} == {"again", "goes-with"}
    assert all(row["unit_price"] == {"amount": row["price"], "currency": "EUR"} for row in rows)
    body = {
        "party": str(party.pk),
        "variants": [rows[0]["variant"]],
        "channel": "mail",
        "valid_until": clock.today().isoformat(),
    }
    made = api.send("/offers", body)
    assert made.status_code == 201
    assert api.read("/offers").json()["items"][0]["id"] == made.json()["id"]
    assert made.json()["lines"][0]["unit_price"] == rows[0]["unit_price"]
    assert api_of(counter.world, "stranger").read(f"/offers/{made.json()['id']}").status_code == 404


def test_a_past_order_that_was_cancelled_was_not_bought(counter: Counter) -> None:
    party, lamp = counter.world.parties["own"], counter.shop.variants[LAMP].pk
    line = PastLineDraft(Decimal(2), Decimal(250), Decimal(500), code="L", variant_id=lamp)
    company = counter.world.companies["moda"].pk
    for cancelled, wanted in ((True, "goes-with"), (False, "again")):
        drafts = [
            PastOrderDraft(f"{cancelled}{n}", date(2025, n, 3), party.pk, [line], is_cancelled=cancelled)
            for n in (1, 2)
        ]
        keep_past_orders(counter.principal(), drafts, company_id=company, source="vecchio.csv", batch=None)
        assert picks(counter)[LAMP].rule == wanted


def test_what_was_said_by_mistake_leaves_the_timeline(counter: Counter) -> None:
    offer = offered(counter)
    for outcome, kinds in (
        ("refused", {"offer.made", "offer.refused"}),
        ("accepted", {"offer.made", "offer.accepted"}),
        ("open", {"offer.made"}),
    ):
        close_offer(counter.principal(), offer, outcome)
        assert set(TimelineEntry.objects.filter(reference_id=offer.pk).values_list("kind", flat=True)) == kinds


def test_what_fits_comes_in_the_size_that_he_wears(counter: Counter) -> None:
    party, coat = counter.world.parties["own"], counter.shop.variants[COAT]
    jacket = counter.shop.variants[JACKET]
    lamp = counter.shop.variants[LAMP].product
    counter.confirmed(counter.line(LAMP))
    ProductRelation.objects.all().delete()
    OrderLine.objects.filter(variant=jacket).delete()
    ProductRelation.objects.create(product=lamp, other=jacket.product, kind="accessory")
    assert set(picks(counter)) <= {JACKET, COAT}
    learn(counter.principal(), party, "size", "l", source="colleague", confidence=1)
    assert set(picks(counter)) == {COAT}
    Stock.objects.filter(variant=coat).update(on_hand=0, reserved=0)
    assert set(picks(counter)) == {JACKET}, "where his own is gone"


def test_one_thing_is_said_where_nothing_is_chosen(counter: Counter) -> None:
    with pytest.raises(InvalidFields) as refused:
        make_offer(
            counter.principal(), counter.world.parties["own"], variants=[], channel="phone", valid_until=clock.today()
        )
    assert [str(one) for one in refused.value.fields["variants"]] == ["Scegli che cosa proporre."]
