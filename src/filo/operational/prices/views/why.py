"""*Why this price?*: who buys how many on which day, and which rule wins; and articles as one types."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filo.foundation import clock
from filo.foundation.amounts import read_number
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.money import CURRENCIES
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.operational.catalogue.models import Product, Variant
from filo.operational.catalogue.queries.finding import find_variants
from filo.operational.parties.models import Party
from filo.operational.prices.asking import Wanted
from filo.operational.prices.queries.engine import price
from filo.operational.prices.queries.situations import situation_of


@require_GET
def articles(request: StaffRequest) -> HttpResponse:
    """Articles that somebody who types may mean; `as=sku` puts the code into the form, else the id."""
    request.principal.require("product", "view")
    found = find_variants(request.principal, request.GET.get("q", "")[:120])
    return render(request, "prices/_articles.html", {"found": found, "by_sku": request.GET.get("as") == "sku"})


@require_GET
def page(request: StaffRequest) -> HttpResponse:
    """Choose customer, article, quantity and day; see who wins and who loses. In a popover only the answer."""
    principal = request.principal
    principal.require("price", "view")
    asked = {name: request.GET.get(name, "") for name in ("party", "variant", "company", "quantity", "day", "currency")}
    products = Product.objects.visible_to(principal)
    variants = Variant.objects.filter(product__in=products).select_related("product")
    variant = variants.filter(pk=asked["variant"]).first() if _is_id(asked["variant"]) else None
    party = Party.objects.visible_to(principal).filter(pk=asked["party"]).first() if _is_id(asked["party"]) else None
    context: dict[str, Any] = {"party": party, "variant": variant, "asked": asked}
    context |= {"companies": SellingCompany.objects.all(), "currencies": CURRENCIES}
    context |= _answer(request, variant, party, asked) if variant else {"day": clock.today()}
    template = "prices/_why.html" if wants_fragment(request) else "prices/why.html"
    return render(request, template, context, status=422 if context.get("refusal") else 200)


def _answer(request: StaffRequest, variant: Variant, party: Party | None, asked: dict[str, str]) -> dict[str, Any]:
    day = _day(asked["day"])
    company_id = UUID(asked["company"]) if _is_id(asked["company"]) else variant.product.company_id
    currency = asked["currency"] if asked["currency"] in CURRENCIES else "EUR"
    situation = situation_of(party.pk if party else None, company_id, day=day, currency=currency)
    told = {"day": day, "situation": situation}
    try:
        quantity = read_number(asked["quantity"]) if asked["quantity"].strip() else Decimal(1)
        priced = price(situation, [Wanted(variant.pk, quantity)])
    except ValueError:
        return {**told, "refusal": InvalidFields.sentence}
    except InvalidFields as error:
        return {**told, "refusal": next(iter(error.fields.values()))[0]}
    except DomainError as error:
        return {**told, "refusal": error.sentence}
    return {**told, "priced": priced, "line": priced.lines[0]}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
