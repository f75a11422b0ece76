"""A stall for tests: an open shop with a jacket in two sizes, a lamp and an hour of work, and buyers with browsers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from filo.collaborative.shop.facts import CheckoutFacts
from filo.collaborative.shop.models import ShippingWay, Shop
from filo.collaborative.shop.services import keep_offers
from filo.collaborative.visitors.models import Visitor
from filo.collaborative.visitors.queries.here import visitor_by_key
from filo.collaborative.visitors.services import begin_visit, recognise
from filo.foundation.access.principal import system
from filo.operational.catalogue.tests import shop as goods
from filo.operational.parties.models import Party
from filo.operational.payments.services.settings import keep_account
from filo.testing.world import World

HOUSE = system("stall")
JACKET, COAT, LAMP, WORK = "GIACCA-M-BLU", "GIACCA-L-BLU", "LAMPADA", "POSA"
IBAN = "IT60X0542811101000000123456"


@dataclass
class Stall:
    """Jackets and work cost 122.00 with VAT, the lamp 305.00; ten of each are there; shipping 6.10, free from 400."""

    world: World
    goods: goods.Shop
    shop: Shop
    shipping: ShippingWay

    def variant(self, sku: str) -> UUID:
        found: UUID = self.goods.variants[sku].pk
        return found

    def visitor(self) -> Visitor:
        """A browser of nobody."""
        return begin_visit(language="it")[0]

    def known(self, name: str, way: str = "link") -> Visitor:
        """Another browser of a customer."""
        return recognise(self.visitor(), self.world.parties[name], way=way)[0]

    def client(self, name: str) -> Client:
        """A browser in which a customer is recognised, to be clicked in."""
        client, (_visitor, key) = Client(), recognise(self.visitor(), self.world.parties[name], way="link")
        client.cookies["filo-visitor"] = key
        return client

    def facts(self, **more: Any) -> CheckoutFacts:
        """Anna Verdi of Milan pays by transfer."""
        given: dict[str, Any] = {
            "name": "Anna Verdi",
            "email": "anna@verdi.example",
            "phone": "+39 333 1234567",
            "street": "Via Garibaldi 8",
            "postal_code": "20121",
            "city": "Milano",
            "province": "MI",
            "key": uuid4(),
            "pay": "transfer",
            "terms": True,
            "shipping_id": self.shipping.pk,
        }
        return CheckoutFacts(**{**given, **more})

    def typed(self, **more: Any) -> dict[str, str]:
        """The same as a browser sends it."""
        facts = self.facts()
        names = ("name", "email", "phone", "street", "postal_code", "city", "province", "pay")
        sent = {name: str(getattr(facts, name)) for name in names}
        return {**sent, "key": str(facts.key), "shipping_id": str(self.shipping.pk), "terms": "on", **more}

    def put(self, sku: str, number: int) -> None:
        self.goods.put(sku, "centro", number)

    def mail_of(self, name: str, address: str) -> Party:
        """A customer of the world is reached at this address alone."""
        party: Party = self.world.parties[name]
        party.contact_points.all().delete()
        party.contact_points.create(type="email", value=address, normalised=address)
        return party


def visitor_here(client: Client) -> Visitor:
    """Whose browser it is."""
    found = visitor_by_key(client.cookies["filo-visitor"].value)
    assert found is not None
    return found


def stall_of(world: World) -> Stall:
    """Open, filled, with two ways to pay."""
    found = goods.open_shop()
    for sku in (JACKET, COAT, LAMP):
        found.put(sku, "centro", 10)
    company = world.companies["moda"]
    shop = Shop.objects.create(company=company, open=True, terms_it="Recesso entro 14 giorni.", terms_en="14 days.")
    shipping = ShippingWay.objects.create(
        company=company, name_it="Corriere", name_en="Courier", price=Decimal("6.10"), free_from=400, vat=found.vat
    )
    keep_account(HOUSE, company, kind="bank_transfer", iban=IBAN, holder="Aurora Moda")
    keep_account(HOUSE, company, kind="card", sandbox=True)
    keep_offers()
    return Stall(world, found, shop, shipping)
