"""What Gruppo Aurora asks for its goods: lists for shops, for the public and for one big customer, discounts, a coupon,
caps by role, and what currencies were worth in the last weeks.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from filo.config.demo.cast import SEED
from filo.config.demo.company import BUILDER, Company
from filo.config.demo.history import ROME
from filo.foundation import clock
from filo.foundation.organisation.models import ProductLine
from filo.operational.catalogue.models import Variant
from filo.operational.parties.models import Party
from filo.operational.prices.ecb import Told
from filo.operational.prices.models import PriceList
from filo.operational.prices.services.discounts import (
    make_series,
    save_cap,
    save_coupon,
    save_discount,
    set_class,
)
from filo.operational.prices.services.lists import RuleRow, save_list, write_rules
from filo.operational.prices.services.rates import keep_rates

VAT = Decimal("1.22")
RATES = {"USD": Decimal("1.0842"), "GBP": Decimal("0.8391"), "CHF": Decimal("0.9318")}
CAPS = (("agent", "10"), ("inside-sales", "12"), ("area-manager", "20"), ("management", "40"))
SHOP = "rivenditori"


def set_up_prices(company: Company) -> None:
    """Rates of thirty days, caps, discounts and coupons: what hangs on no product and no customer."""
    today = clock.today(ROME)
    keep_rates(BUILDER, _rates(today), source="ECB")
    for role, percent in CAPS:
        save_cap(BUILDER, None, {"role": role, "company": None, "line": None, "percent": Decimal(percent)})
    moda = company.companies["aurora-moda"]
    winter = date(today.year if today.month > 6 else today.year - 1, 11, 15)
    facts = {"name": "Promozione d’inverno", "percent": Decimal(10), "valid_from": winter, "company": moda}
    save_discount(BUILDER, None, {**facts, "valid_to": winter + timedelta(days=107), "category": "Giacche e cappotti"})
    save_discount(
        BUILDER,
        None,
        {"name": "Ordini oltre 1.000 €", "percent": Decimal(5), "min_total": Decimal(1000), "priority": 5},
    )
    welcome = {"code": "BENVENUTO10", "name": "Primo acquisto", "percent": Decimal(10), "limit": 500}
    save_coupon(BUILDER, None, {**welcome, "min_total": Decimal(50)})
    christmas = {"percent": None, "amount": Decimal(15), "min_total": Decimal(80), "name": "Auguri ai clienti"}
    make_series(BUILDER, {**christmas, "company": moda}, stem="AUGURI", count=20)


def tell_prices(company: Company) -> None:
    """The lists with their lines, the shops with their class, and the customer with a list of its own."""
    moda, casa = company.companies["aurora-moda"], company.companies["aurora-casa"]
    shops = save_list(BUILDER, None, {"name": "Rivenditori", "customer_class": SHOP, "company": moda, "priority": 10})
    everything = [RuleRow(Decimal(35), means="percent"), RuleRow(Decimal(40), Decimal(12), "percent")]
    write_rules(BUILDER, shops, everything)
    public = save_list(BUILDER, None, {"name": "Al pubblico", "gross": True, "company": moda})
    write_rules(BUILDER, public, _to_the_public(moda.code))
    firms = save_list(BUILDER, None, {"name": "Aziende e contract", "company": casa})
    lines = ProductLine.objects.filter(company=casa).order_by("position")[:1]
    write_rules(BUILDER, firms, [RuleRow(Decimal(8), means="percent"), *_of_lines(list(lines))])
    customers = _customers(moda.code)
    for party in customers[:24]:
        set_class(BUILDER, party, SHOP)
    if customers:
        _of_one(company, customers[0])


def _rates(today: date) -> list[Told]:
    """A walk of some thousandths a day, on working days."""
    rng = random.Random(f"{SEED}:rates")  # noqa: S311
    told, now = [], dict(RATES)
    for back in range(30, 0, -1):
        day = today - timedelta(days=back)
        if day.weekday() > 4:
            continue
        for currency, rate in now.items():
            now[currency] = (rate * (1 + Decimal(rng.randint(-40, 40)) / 10_000)).quantize(Decimal("0.0001"))
            told.append(Told(currency, day, now[currency]))
    return told


def _of_lines(lines: list[ProductLine]) -> list[RuleRow]:
    return [RuleRow(Decimal(12), Decimal(5), "percent", line_id=line.pk) for line in lines]


def _to_the_public(firm: str) -> list[RuleRow]:
    """Prices with VAT that end in ninety, one for each article."""
    rows = Variant.objects.filter(product__company__code=firm, price__gt=0)
    asked = {one.pk: (one.price * VAT).to_integral_value() for one in rows if one.price}
    return [RuleRow(max(whole, Decimal(1)) - Decimal("0.10"), variant_id=pk) for pk, whole in asked.items()]


def _customers(firm: str) -> list[Party]:
    rows = Party.objects.filter(kind="organisation", relationships__company__code=firm, deleted_at=None)
    rows = rows.filter(relationships__stage__in=("prospect", "customer"))
    return list(rows.distinct().order_by("sort_name", "id")[:24])


def _of_one(company: Company, party: Party) -> PriceList:
    """The customer who buys most has prices of its own until the end of the year."""
    moda, today = company.companies["aurora-moda"], clock.today(ROME)
    facts = {"name": f"Accordo {party.display_name}"[:120], "party": party, "company": moda, "cascade": False}
    found = save_list(
        BUILDER, None, {**facts, "valid_from": date(today.year, 1, 1), "valid_to": date(today.year, 12, 31)}
    )
    rows = Variant.objects.filter(product__company=moda, price__gt=0).order_by("sku_folded")[:12]
    tiers = [(Decimal(1), Decimal("0.58")), (Decimal(20), Decimal("0.54")), (Decimal(50), Decimal("0.50"))]
    lines = [
        RuleRow((variant.price * part).quantize(Decimal("0.01")), start, variant_id=variant.pk)
        for variant in rows
        if variant.price
        for start, part in tiers
    ]
    write_rules(BUILDER, found, [RuleRow(Decimal(42), means="percent"), *lines])
    return found
