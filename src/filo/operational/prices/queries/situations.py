"""In which situation a customer buys: his class, channel and area with a company."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from filo.foundation import clock
from filo.operational.parties.models import Party, Relationship
from filo.operational.prices.asking import Situation, Wanted
from filo.operational.prices.models import PartyClass
from filo.operational.prices.queries.engine import price


def situation_of(
    party_id: UUID | None,
    company_id: UUID | None,
    *,
    day: date | None = None,
    currency: str = "EUR",
    gross: bool | None = None,
    language: str = "",
    coupons: tuple[str, ...] = (),
    channel_id: UUID | None = None,
) -> Situation:
    """What is known of a customer of a company, as prices are asked about it; `channel_id` where another than his usual
    is bought through.
    """
    plain = Situation(
        company_id, day or clock.today(), party_id, channel_id, currency=currency, gross=gross, coupons=coupons
    )
    if party_id is None:
        return replace(plain, language=language or "it")
    party = Party.objects.filter(pk=party_id).only("language").first()
    rows = Relationship.objects.filter(party=party_id, ended_at=None)
    row = (rows.filter(company=company_id) if company_id else rows).order_by("product_line", "created_at").first()
    return replace(
        plain,
        channel_id=channel_id or (row.channel_id if row else None),
        area_id=row.area_id if row else None,
        customer_class=class_of(party_id, company_id),
        language=language or (party.language if party else "it"),
    )


def class_of(party_id: UUID, company_id: UUID | None) -> str:
    """The word for a customer with a company, else with all of them; empty: he is of no class."""
    words: dict[UUID | None, str] = dict(PartyClass.objects.filter(party=party_id).values_list("company_id", "word"))
    return words.get(company_id) or words.get(None, "")


def list_prices_of(situation: Situation, variants: dict[UUID, Decimal]) -> dict[UUID, Decimal]:
    """What one unit of each costs by the lists before discounts, at those quantities; `beyond_cap` measures by it."""
    wanted = [Wanted(variant_id, quantity) for variant_id, quantity in variants.items()]
    return {one.variant_id: one.unit_price for one in price(replace(situation, coupons=()), wanted).lines}
