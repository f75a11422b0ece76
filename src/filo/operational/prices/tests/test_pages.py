"""The pages of prices, as somebody works on them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from filo.foundation.audit.models import AuditEntry
from filo.operational.prices.models import (
    Coupon,
    Discount,
    DiscountCap,
    ExchangeRate,
    PlanFeature,
    PriceList,
    PriceRule,
)
from filo.operational.prices.reckoned import version_of
from filo.operational.prices.services.lists import RuleRow, write_rules
from filo.operational.prices.tests.shop import Shop, a_list, a_rule
from filo.testing.clients import CheckedClient

Clients = Callable[[str], CheckedClient]


def test_a_list_is_made_filled_and_taken_back(shop: Shop, client_of: Clients) -> None:
    boss = client_of("boss")
    facts = {"name": "Negozi", "currency": "EUR", "cascade": "on", "active": "on", "customer_class": "Rivenditori"}
    assert boss.post("/price-lists/new", facts).status_code == 302
    found = PriceList.objects.get(name="Negozi")
    assert (found.customer_class, found.code, found.cascade) == ("rivenditori", "negozi", True)
    page = f"/price-lists/{found.id}"
    assert boss.post(f"{page}/add", {"of": "all", "value": "-10%"}).status_code == 302
    assert (
        boss.post(f"{page}/add", {"of": "variant", "sku": "shirt", "start": "10", "value": "39,90"}).status_code == 302
    )
    assert sorted(PriceRule.objects.values_list("means", "value", "min_quantity")) == [
        ("percent", Decimal(10), Decimal(1)),
        ("price", Decimal("39.9"), Decimal(10)),
    ]
    words = f"v:{shop.goods['shirt'].pk}|10|"
    version = PriceList.objects.get().version
    assert boss.post(f"{page}/cells", {words: "", "|1|": "-12%", "version": version}).status_code == 302
    assert list(PriceRule.objects.values_list("means", "value")) == [("percent", Decimal(12))]
    operation = AuditEntry.objects.filter(action="price-list.prices").latest("at", "id").operation
    assert boss.post(f"/operations/{operation}/undo").status_code == 302
    assert PriceRule.objects.count() == 2


def test_what_was_typed_wrong_stays_typed(shop: Shop, client_of: Clients) -> None:
    found = a_list("shops")
    a_rule(found, "40", variant=shop.goods["shirt"])
    words = f"v:{shop.goods['shirt'].pk}|1|"
    answer = client_of("boss").post(f"/price-lists/{found.id}/cells", {words: "cheap"})
    assert answer.status_code == 422
    assert b'value="cheap"' in answer.content
    answer = client_of("boss").post(f"/price-lists/{found.id}/add", {"of": "variant", "sku": "nobody", "value": "3"})
    assert (answer.status_code, b'value="nobody"' in answer.content) == (422, True)


def test_pasting_tells_what_is_wrong_and_takes_the_rest(shop: Shop, client_of: Clients) -> None:
    found, boss = a_list("shops"), client_of("boss")
    text = "shirt\t45,50\nnobody\t1"
    answer = boss.post(f"/price-lists/{found.id}/paste", {"text": text})
    assert (answer.status_code, b"nobody" in answer.content, PriceRule.objects.count()) == (422, True, 0)
    assert boss.post(f"/price-lists/{found.id}/paste", {"text": text, "some": "yes"}).status_code == 302
    assert PriceRule.objects.get().value == Decimal("45.5")


def test_a_list_goes_out_and_comes_back_the_same(shop: Shop, client_of: Clients) -> None:
    found, boss = a_list("shops"), client_of("boss")
    rows = [RuleRow(Decimal("45.50"), variant_id=shop.goods["shirt"].pk)]
    rows.append(RuleRow(Decimal("40.25"), Decimal(10), variant_id=shop.goods["shirt"].pk))
    write_rules(shop.world.principal("boss"), found, rows)
    page = f"/price-lists/{found.id}"
    plain = boss.get(f"{page}/file?as=csv").content.decode("utf-8-sig").splitlines()
    assert plain == ["SKU,price,from", "SHIRT,45.5,1", "SHIRT,40.25,10"]
    sheet = boss.get(f"{page}/file?as=xlsx").content
    assert CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()[2] == ["SHIRT", 40.25, 10.0]
    write_rules(shop.world.principal("boss"), found, [RuleRow(None, variant_id=shop.goods["shirt"].pk)])
    upload = SimpleUploadedFile("list.xlsx", sheet)
    assert boss.post(f"{page}/paste", {"file": upload}).status_code == 302
    assert list(PriceRule.objects.order_by("min_quantity").values_list("value", flat=True)) == [
        Decimal("45.5"),
        Decimal("40.25"),
    ]


def test_why_tells_winner_and_losers(shop: Shop, client_of: Clients) -> None:
    a_rule(a_list("general"), "40", variant=shop.goods["shirt"])
    a_rule(a_list("shops", customer_class="rivenditori"), "35", variant=shop.goods["shirt"], start="10")
    agent = client_of("agent")
    assert agent.post(f"/parties/{shop.world.parties['own'].id}/price-class", {"word": "x"}).status_code == 403
    typed = {"word": "rivenditori", "version": version_of("")}
    client_of("boss").post(f"/parties/{shop.world.parties['own'].id}/price-class", typed)
    address = f"/prices/why?variant={shop.goods['shirt'].pk}&party={shop.world.parties['own'].id}&quantity=3"
    page = agent.get(address).content.decode()
    assert "General" in page
    assert "Shops" in page
    assert agent.get(f"/prices/why?variant={shop.goods['shirt'].pk}&quantity=-1").status_code == 422
    assert agent.get(f"/prices/why?variant={shop.goods['shirt'].pk}&currency=USD").status_code == 422
    assert agent.get("/prices/why").status_code == 200


@pytest.mark.parametrize("quantity", ["1e99", "99999999999999999999", "0,0001", "1." + "0" * 40 + "1", "NaN", "1e-99"])
def test_why_refuses_a_quantity_that_nobody_orders(shop: Shop, client_of: Clients, quantity: str) -> None:
    answer = client_of("agent").get(f"/prices/why?variant={shop.goods['shirt'].pk}&quantity={quantity}")
    assert answer.status_code == 422


def test_discounts_coupons_and_caps(shop: Shop, client_of: Clients) -> None:
    boss, admin = client_of("boss"), client_of("admin")
    discount = {"name": "Inverno", "percent": "10", "min_quantity": "1", "min_total": "0", "active": "on"}
    assert boss.post("/discounts/new", discount).status_code == 302
    assert Discount.objects.get().percent == 10
    assert boss.post("/discounts/new", {**discount, "percent": "0"}).status_code == 422
    coupon = {"code": "BENVENUTO10", "percent": "10", "currency": "EUR", "min_total": "0", "active": "on"}
    assert boss.post("/coupons/new", coupon).status_code == 302
    assert boss.post("/coupons/new", {**coupon, "code": "benvenuto10"}).status_code == 422
    assert boss.post("/coupons/new", {**coupon, "code": "X", "amount": "5"}).status_code == 422
    assert boss.post("/coupons/series", {**coupon, "code": "NATALE", "count": "25"}).status_code == 302
    assert Coupon.objects.filter(series="NATALE", limit=1).count() == 25
    assert len(boss.get("/coupons/file?series=NATALE").content.splitlines()) == 26
    assert admin.post("/settings/prices/caps/new", {"role": "agent", "percent": "10"}).status_code == 302
    assert admin.post("/settings/prices/caps/new", {"role": "agent", "percent": "12"}).status_code == 422
    assert admin.post(f"/settings/prices/caps/{DiscountCap.objects.get().id}/remove").status_code == 302
    assert not DiscountCap.objects.exists()


def test_rates_come_by_file_and_by_hand(shop: Shop, client_of: Clients) -> None:
    admin = client_of("admin")
    file = SimpleUploadedFile("eurofxref.csv", b"Date, USD, \n27 November 2026, 1.0834, \n")
    assert admin.post("/settings/prices/rates", {"file": file}).status_code == 302
    assert (
        admin.post("/settings/prices/rate", {"currency": "CHF", "day": "2026-11-27", "rate": "0,93"}).status_code == 302
    )
    assert sorted(ExchangeRate.objects.values_list("currency", flat=True)) == ["CHF", "USD"]
    wrong = SimpleUploadedFile("x.csv", b"nothing")
    assert admin.post("/settings/prices/rates", {"file": wrong}).status_code == 422
    assert client_of("agent").post("/settings/prices/rates", {}).status_code in {403, 422}


def test_plans_stand_side_by_side(shop: Shop, client_of: Clients) -> None:
    product, variant = shop.goods["shirt"].product_id, shop.goods["shirt"].pk
    facts = {"0-name": "Telefono", "0-kind": "yes-no", f"0-{variant}": "sì", "1-name": "Posti", "1-kind": "number"}
    facts["version"] = str(version_of([]))
    boss = client_of("boss")
    assert boss.post(f"/products/{product}/plans", {**facts, f"1-{variant}": "10"}).status_code == 302
    assert list(PlanFeature.objects.values_list("name", "position")) == [("Telefono", 0), ("Posti", 1)]
    answer = boss.post(f"/products/{product}/plans", {**facts, f"1-{variant}": "many"})
    assert (answer.status_code, b'value="many"' in answer.content) == (422, True)


def test_a_copy_is_compared_with_what_it_was_made_of(shop: Shop, client_of: Clients) -> None:
    found, boss = a_list("shops"), client_of("boss")
    a_rule(found, "100", variant=shop.goods["shirt"])
    answer = boss.post(f"/price-lists/{found.id}/copy", {"name": "Shops 2027", "percent": "3"}, follow=True)
    assert answer.status_code == 200
    assert "+3" in answer.content.decode()
