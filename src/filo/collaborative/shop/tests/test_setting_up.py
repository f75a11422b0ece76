"""The shop is set up by who may: opened with terms of sale, with its ways of shipping; links lead into it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from filo.collaborative.shop.links import address_of_shop_link, list_address, product_address
from filo.collaborative.shop.models import Cart, Offer, ShippingWay, Shop
from filo.collaborative.shop.queries.buying import shippings_for
from filo.collaborative.shop.services import keep_offers, put_in_cart, save_shop
from filo.collaborative.shop.services.forgetting import forget_carts
from filo.collaborative.shop.tests.stall import HOUSE, LAMP, Stall
from filo.collaborative.shop.wish import Wish
from filo.collaborative.visitors.services import make_link
from filo.foundation import clock
from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import Forbidden
from filo.foundation.events.services import relay_batch
from filo.foundation.jobs.models import Job
from filo.operational.catalogue.models import Product
from filo.operational.catalogue.services.products import change_product, delete_product
from filo.operational.prices.services.lists import RuleRow, save_list, write_rules
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def test_a_shop_opens_with_terms_of_sale(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    admin, moda = client_of("admin"), world.companies["moda"]
    facts = {"company": str(moda.pk), "open": "on", "terms_it": "", "terms_en": ""}
    refused = admin.post("/settings/shop/edit", facts)
    assert refused.status_code == 422
    assert "Scrivi le condizioni di vendita" in refused.content.decode()
    assert admin.post("/settings/shop/edit", facts | {"terms_it": "Recesso: 14 giorni."}).status_code == 302
    shop = Shop.objects.get()
    assert (shop.company, shop.open) == (moda, True)
    assert AuditEntry.objects.filter(action="shop.edit").count() == 1
    assert Job.objects.filter(name="shop.keep_all_offers").count() == 1
    assert "Recesso: 14 giorni." in Client().get("/p/shop/terms").content.decode()


def test_what_somebody_changed_meanwhile_is_not_overwritten(
    stall: Stall, client_of: Callable[[str], CheckedClient]
) -> None:
    admin, shop = client_of("admin"), stall.shop
    facts = {"company": str(shop.company_id), "open": "on", "terms_it": "Recesso: 30 giorni."}
    assert f'name="version" value="{shop.version}"' in admin.get("/settings/shop/edit").content.decode()
    facts |= {"version": str(shop.version)}
    assert admin.post("/settings/shop/edit", facts).status_code == 302
    assert admin.post("/settings/shop/edit", facts | {"terms_it": "Nessun recesso."}).status_code == 422
    shop.refresh_from_db()
    assert shop.terms_it == "Recesso: 30 giorni."


def test_ways_of_shipping_are_added_and_changed(stall: Stall, client_of: Callable[[str], CheckedClient]) -> None:
    admin, vat = client_of("admin"), stall.goods.vat
    facts = {
        "company": str(stall.shop.company_id),
        "name_it": "Espresso",
        "price": "12,50",
        "free_from": "",
        "position": "1",
    }
    assert admin.post("/settings/shop/shipping/new", facts | {"vat": str(vat.pk), "active": "on"}).status_code == 302
    way = ShippingWay.objects.get(name_it="Espresso")
    assert (way.price, way.free_from) == (Decimal("12.50"), None)
    changed = facts | {"vat": str(vat.pk), "version": str(way.version)}
    assert admin.post(f"/settings/shop/shipping/{way.pk}", changed).status_code == 302
    way.refresh_from_db()
    assert not way.active
    late = admin.post(f"/settings/shop/shipping/{way.pk}", changed | {"price": "9,00"})
    assert late.status_code == 422, "somebody changed it meanwhile"
    assert f'name="version" value="{way.version}"' in late.content.decode()
    way.refresh_from_db()
    assert way.price == Decimal("12.50")
    assert [one.name for one in shippings_for(stall.shop, Decimal(10), "it")] == ["Corriere"]


def test_who_may_not_change_settings_does_not_open_a_shop(
    stall: Stall, world: World, client_of: Callable[[str], CheckedClient]
) -> None:
    with pytest.raises(Forbidden):
        save_shop(world.principal("agent"), {"open": False})
    agent = client_of("agent")
    for address in (
        "/settings/shop/edit",
        "/settings/shop/shipping/new",
        f"/settings/shop/shipping/{stall.shipping.pk}",
    ):
        assert agent.get(address).status_code == 403
        assert agent.post(address, {"open": ""}).status_code == 403
    assert Shop.objects.get().open


def test_shipping_is_free_from_a_total_on(stall: Stall) -> None:
    found = [shippings_for(stall.shop, Decimal(goods), "en")[0] for goods in ("399.99", "400")]
    assert [(one.name, one.price, one.total) for one in found] == [
        ("Courier", Decimal("6.10"), Decimal("406.09")),
        ("Courier", Decimal(0), Decimal(400)),
    ]


def test_offers_follow_the_catalogue_and_the_prices(stall: Stall) -> None:
    lamp = stall.goods.products["Lampada da terra"]
    change_product(HOUSE, lamp, {"name": "Lampada ad arco"})
    relay_all()
    assert Offer.objects.get(product=lamp).folded == "lampada ad arco"
    found = save_list(HOUSE, None, {"name": "Al pubblico", "gross": True})
    write_rules(HOUSE, found, [RuleRow(Decimal("199.90"), variant_id=stall.variant(LAMP))])
    relay_all()
    assert Job.objects.filter(name="shop.keep_all_offers").count() == 1, "however many lines were written"
    assert keep_offers() == 3
    assert Offer.objects.get(product=lamp).low == Decimal("199.90")
    delete_product(HOUSE, Product.objects.get(pk=lamp.pk))
    relay_all()
    assert not Offer.objects.filter(product=lamp).exists()


def test_a_personal_link_leads_to_what_it_is_about(stall: Stall) -> None:
    party, lamp = stall.world.parties["own"], stall.goods.products["Lampada da terra"]
    assert address_of_shop_link(make_link(party, "shop", {"product": lamp.code})) == f"/p/shop/p/{lamp.code}".replace(
        " ", "%20"
    )
    wish = Wish("pullover", attributes=(("fibre", "naturali"),))
    assert address_of_shop_link(make_link(party, "shop", {"query": wish.query})) == (
        "/p/shop/find?q=pullover&a=fibre%3Anaturali"
    )
    assert address_of_shop_link(make_link(party, "shop")) == "/p/shop"
    assert list_address(Wish()).endswith("/p/shop/find")
    assert Client().get("/" + product_address(lamp).split("/", 3)[3]).status_code == 200


def test_where_the_shop_is_named(stall: Stall) -> None:
    page = Client().get("/p/visit").content.decode()
    assert 'href="/p/shop"' in page
    assert 'href="/p/shop/cart"' in page
    Shop.objects.update(open=False)
    assert "/p/shop" not in Client().get("/p/visit").content.decode()


def test_carts_that_nobody_came_back_to_go(stall: Stall) -> None:
    put_in_cart(stall.visitor(), stall.variant(LAMP))
    assert forget_carts() == 0
    with clock.at(clock.now() + timedelta(days=91)):
        assert forget_carts() == 1
    assert not Cart.objects.exists()


def relay_all() -> None:
    while relay_batch():
        pass
