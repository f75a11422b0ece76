"""An office that writes invoices, for tests: a company with its fiscal data, a customer, and drafts for him."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from filo.foundation.access.principal import Principal
from filo.foundation.organisation.models import CompanyLook, SellingCompany
from filo.operational.invoices.models import CompanyFiscal, Invoice
from filo.operational.invoices.services import LineFacts, draft_invoice, issue_invoice
from filo.operational.parties.models import Address, Party
from filo.testing.world import World

SELLER_VAT, BUYER_VAT = "01234567897", "07643520567"


@dataclass
class Office:
    """`draft` and `issue` write for the agent's own customer, in the name of the colleague inside."""

    world: World
    company: SellingCompany
    party: Party

    def principal(self, name: str = "inside") -> Principal:
        return self.world.principal(name)

    def draft(self, *prices: str, who: str = "inside", **facts: Any) -> Invoice:
        lines = facts.pop("lines", None) or [
            LineFacts(description=f"Tessuto {place}", unit_price=Decimal(price), unit="MT")
            for place, price in enumerate(prices or ("100.00",), 1)
        ]
        party, company = facts.pop("party", self.party), facts.pop("company", self.company)
        found = draft_invoice(self.principal(who), party=party, company=company, lines=lines, **facts)
        return self.again(found)

    def issue(self, *prices: str, **facts: Any) -> Invoice:
        return self.again(issue_invoice(self.principal(), self.draft(*prices, **facts)))

    def again(self, invoice: Invoice) -> Invoice:
        return Invoice.objects.select_related("company", "party", "credits").get(pk=invoice.pk)


def office_of(world: World) -> Office:
    """The company *moda* has all that law asks; so has the customer."""
    company, party = world.companies["moda"], world.parties["own"]
    SellingCompany.objects.filter(pk=company.pk).update(vat_number=SELLER_VAT, legal_name="Aurora Moda S.r.l.")
    company.refresh_from_db()
    CompanyLook.objects.update_or_create(
        company=company,
        defaults={"street": "Via Po 1", "postal_code": "10124", "city": "Torino", "province": "TO", "country": "IT"},
    )
    CompanyFiscal.objects.update_or_create(
        company=company,
        defaults={"rea_office": "TO", "rea_number": "123456", "iban": "IT60X0542811101000000123456", "terms": "30 FM"},
    )
    Party.objects.filter(pk=party.pk).update(vat_number=BUYER_VAT, sdi_code="ABCDEF1", legal_name="Lanificio S.p.A.")
    party.addresses.all().delete()
    Address.objects.create(
        party=party, use="billing", street="Corso Como 10", postal_code="20154", city="Milano", province="MI"
    )
    party = Party.objects.get(pk=party.pk)
    return Office(world, company, party)
