"""What the shop shows on the pages of others: where everybody can go, the cart, cards of customers, the settings."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy

from filo.collaborative.shop.links import address_of_shop_link, product_address
from filo.collaborative.shop.queries.cards import public_cards
from filo.collaborative.shop.queries.carts import pieces_of
from filo.collaborative.shop.queries.shelves import sells
from filo.collaborative.visitors.destinations import lead
from filo.collaborative.visitors.door import visitor_in
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.catalogue.models import Product
from filo.operational.parties.models import Party


def register() -> None:
    """Called once, when the program starts."""
    lead("shop", address_of_shop_link)
    fill("site.nav", _nav, place=10)
    fill("site.who", _cart, place=40)
    fill("parties.card.aside", _on_card, place=36)
    fill("pages.products", _on_page)
    fill("catalogue.product.aside", _of_product, place=60)
    add_entry(
        "settings",
        Entry(
            "/settings/shop",
            "store",
            gettext_lazy("Shop"),
            lambda principal: principal.may("settings", "view"),
            place=48,
            hint=gettext_lazy("Which company sells online, ways of shipping, terms of sale"),
        ),
    )


def _nav(request: HttpRequest, _subject: object) -> tuple[str, dict[str, Any]] | None:
    return ("shop/_nav.html", {"here": request.path.startswith("/p/shop")}) if _open(request) else None


def _cart(request: HttpRequest, _subject: object) -> tuple[str, dict[str, Any]] | None:
    if not _open(request):
        return None
    return "shop/_cart_link.html", {"pieces": pieces_of(visitor_in(request))}


def _open(request: HttpRequest) -> bool:
    """Asked once for a request, however many slots want to know."""
    if not hasattr(request, "filo_shop_open"):
        request.filo_shop_open = sells()  # type: ignore[attr-defined]
    return bool(request.filo_shop_open)  # type: ignore[attr-defined]


def _on_page(_request: HttpRequest, products: Any) -> tuple[str, dict[str, Any]]:
    """The products of a page: picture and public price of those that the shop sells, the others on request."""
    language = "en" if (get_language() or "it").startswith("en") else "it"
    return "shop/_on_page.html", {"rows": public_cards(list(products), language)}


def _on_card(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not principal.may("order", "view") or not isinstance(party, Party):
        return None
    return "shop/_on_card_later.html", {"party": party}


def _of_product(request: HttpRequest, product: Any) -> tuple[str, dict[str, Any]] | None:
    """A colleague's way to the page that he sends to a customer."""
    if principal_in(request) is None or not isinstance(product, Product) or product.reserved or not _open(request):
        return None
    return "shop/_of_product.html", {"address": product_address(product)}
