"""What everybody may look at: the first page, lists, a product, its pictures, the terms of sale."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from filo.collaborative.shop.door import in_the_shop, language_here
from filo.collaborative.shop.models import Shop
from filo.collaborative.shop.queries.cards import cards_of
from filo.collaborative.shop.queries.carts import cart_of
from filo.collaborative.shop.queries.facets import facets_of, known_of
from filo.collaborative.shop.queries.finding import offers_found, page_found, products_meant
from filo.collaborative.shop.queries.home import home_of
from filo.collaborative.shop.queries.product import product_on, seen_by
from filo.collaborative.shop.queries.shelves import shelf_of
from filo.collaborative.shop.wish import SORTS, wish_of
from filo.collaborative.visitors.door import visiting, visitor_in
from filo.foundation.errors import NotFound, TooMany
from filo.foundation.files.answering import answer_file
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import public
from filo.operational.catalogue.models import ProductImage

LOOKING = (240, 60)  # searches by words, within seconds
DAY = 86_400


@public
@visiting
@require_GET
@in_the_shop
def home(request: HttpRequest, shop: Shop) -> HttpResponseBase:
    """Best sellers, what is new, the catalogues that are open, and what higher apps know to show."""
    visitor = visitor_in(request)
    shelf = shelf_of(shop, visitor)
    context = {"home": home_of(shelf, language_here()), "visitor": visitor}
    return render(request, "shop/home.html", context)


@public
@visiting
@require_GET
@in_the_shop
def find(request: HttpRequest, shop: Shop) -> HttpResponseBase:
    """A list by what stands in its address."""
    wish = wish_of(request.GET)
    if wish.text and not may_once_more(request, "shop.find", LOOKING):
        raise TooMany(retry_after=LOOKING[1])
    visitor = visitor_in(request)
    shelf = shelf_of(shop, visitor, wish.catalogue)
    meant = products_meant(shelf, wish)
    found = offers_found(shelf, wish, meant)
    page = page_found(found.rows, wish, cursor=request.GET.get("cursor", "")[:300])
    known = known_of(shelf, wish, meant)
    context = {
        "wish": wish,
        "shelf": shelf,
        "page": page,
        "cards": cards_of(shelf, page.rows, language_here()),
        "count": found.count,
        "facets": facets_of(known, wish),
        "categories": known.categories,
        "sorts": SORTS.items(),
        "kept": [pair for pair in request.GET.lists() if pair[0] not in ("sort", "cursor")],
        "visitor": visitor,
    }
    return render(request, "shop/find.html", context)


@public
@visiting
@require_GET
@in_the_shop
def product(request: HttpRequest, shop: Shop, code: str) -> HttpResponseBase:
    """One product; what is chosen of it stands in the address."""
    visitor = visitor_in(request)
    shelf = shelf_of(shop, visitor, request.GET.get("c", "")[:300])
    found = product_on(shelf, code) if not shelf.gone else None
    if found is None:
        return render(request, "shop/gone.html", {"link": shelf.gone}, status=404)
    seen = seen_by(shelf, found, request.GET.getlist("o")[:20], language_here())
    chosen = seen.variant.pk if seen.variant else None
    mine = next((line.quantity for line in cart_of(visitor).lines if line.variant.pk == chosen), 0) if chosen else 0
    context = {"seen": seen, "shelf": shelf, "visitor": visitor, "mine": mine}
    return render(request, "shop/product.html", context)


@public
@visiting
@require_GET
@in_the_shop
def image(request: HttpRequest, shop: Shop, image_id: UUID) -> HttpResponseBase:
    """A picture of a product that this visitor may see."""
    shelf = shelf_of(shop, visitor_in(request), request.GET.get("c", "")[:300])
    rows = ProductImage.objects.filter(pk=image_id, product__in=shelf.products).select_related("file")
    found = rows.first() if not shelf.gone else None
    if found is None:
        raise NotFound
    answer = answer_file(found.file, inline=True)
    answer["Cache-Control"] = f"private, max-age={DAY}"
    return answer


@public
@visiting
@require_GET
@in_the_shop
def terms(request: HttpRequest, shop: Shop) -> HttpResponseBase:
    """What a buyer agrees to."""
    return render(request, "shop/terms.html", {"text": shop.terms_in(language_here()), "title": _("Terms of sale")})
