"""What prices show on the pages of others: the rail, the palette, the settings, products and cards."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.catalogue.models import Product, Variant
from filo.operational.parties.models import Party
from filo.operational.prices.changed import register_changes
from filo.operational.prices.queries.plans import plans_of
from filo.operational.prices.queries.tables import of_product
from filo.operational.prices.services.taking_back import register_undo
from filo.operational.prices.telling import declare_notices


def register() -> None:
    """Called once, when the program starts."""
    register_changes()
    register_undo()
    declare_notices()
    add_entry("rail", Entry("/price-lists", "tag", gettext_lazy("Price lists"), _sees, place=42, key="g l"))
    add_entry(
        "settings",
        Entry(
            "/settings/prices",
            "tag",
            gettext_lazy("Discount caps and exchange rates"),
            lambda principal: principal.may("settings", "view"),
            place=48,
            hint=gettext_lazy("How much a role may take off the list, what currencies are worth"),
        ),
    )
    _add_commands()
    fill("catalogue.product.main", _on_product, place=30)
    fill("parties.card.aside", _on_card, place=120)
    fill("orders.order.aside", _on_order, place=60)


def _add_commands() -> None:
    for code, label, url, words, may, place in (
        ("price.why", gettext_lazy("Why this price?"), "/prices/why", "prezzo perche listino price why", _sees, 65),
        ("price.new", gettext_lazy("New price list"), "/price-lists/new", "listino nuovo price list", _makes, 66),
        ("price.discounts", gettext_lazy("Discounts"), "/discounts", "sconti promozioni discounts", _sees, 67),
        ("price.coupons", gettext_lazy("Coupons"), "/coupons", "coupon buoni codici sconto", _sees, 68),
    ):
        add_command(Command(code, label, "tag", url, may, words=words, place=place))


def _sees(principal: Principal) -> bool:
    return principal.may("price", "view")


def _makes(principal: Principal) -> bool:
    return principal.may("price", "create")


def _on_product(request: HttpRequest, product: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not _sees(principal) or not isinstance(product, Product):
        return None
    context = {
        "product": product,
        "lists": of_product(principal, product),
        "plans": plans_of(product.pk, get_language() or "it"),
        "may_edit": principal.may("price", "edit"),
        "first": Variant.objects.filter(product=product, active=True).only("pk").first(),
    }
    return "prices/_on_product.html", context


def _on_card(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not _sees(principal) or not isinstance(party, Party):
        return None
    return "prices/_on_card_later.html", {"party": party}


def _on_order(request: HttpRequest, order: Any) -> tuple[str, dict[str, Any]] | None:
    """Orders stand above prices, which know of their lines only that they keep the reasons of their prices."""
    principal = principal_in(request)
    if principal is None or not _sees(principal):
        return None
    lines = [line for line in order.lines.order_by("position", "id") if line.reasons]
    return ("prices/_on_order.html", {"lines": lines, "currency": order.currency}) if lines else None
