"""The cart: looked at, filled, changed; what is taken out can be put back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.collaborative.shop.door import in_the_shop, language_here
from filo.collaborative.shop.models import Shop
from filo.collaborative.shop.queries.buying import shippings_for
from filo.collaborative.shop.queries.carts import Chosen, cart_of, priced_basket
from filo.collaborative.shop.services import name_coupon, put_in_cart, set_quantity, take_coupon_off
from filo.collaborative.shop.services.carts import MOST_EACH
from filo.collaborative.visitors.door import visiting, visitor_in, visitor_of
from filo.foundation.errors import DomainError, NotFound, TooMany
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import asked_id, public

CHANGING, NAMING = (120, 60), (20, 600)  # times, within seconds


@public
@visiting
@require_GET
@in_the_shop
def page(request: HttpRequest, shop: Shop) -> HttpResponseBase:
    """What lies in it and what it costs now."""
    return _page(request, shop)


@public
@visiting
@require_POST
@in_the_shop
def add(request: HttpRequest, _shop: Shop) -> HttpResponseBase:
    """So many of a variant more."""
    _not_too_often(request)
    variant_id, number = asked_id(request.POST.get("variant")), _number(request.POST.get("quantity", "1"))
    if not number or number > MOST_EACH:
        told = _("Write how many as a whole number from 1 to %(most)s.") % {"most": MOST_EACH}
        messages.error(request, told)
        return redirect(_next(request, reverse("shop:home")))
    try:
        added = put_in_cart(visitor_of(request), variant_id, number, link=request.POST.get("c", "")[:300])
    except NotFound:
        messages.error(request, _("This article is no longer sold."))
        return redirect("shop:home")
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(_next(request, reverse("shop:home")))
    (messages.warning if added.cut else messages.success)(request, added.sentence)
    return redirect(_next(request, reverse("shop:cart")))


@public
@visiting
@require_POST
@in_the_shop
def change(request: HttpRequest, shop: Shop, variant_id: UUID) -> HttpResponseBase:
    """So many of it in all; none takes it out, with a way back."""
    _not_too_often(request)
    visitor, number = visitor_in(request), _number(request.POST.get("quantity", ""))
    if visitor is None:
        return redirect("shop:cart")
    if number is None or number < 0:
        return _page(request, shop, refusal=_("Write how many as a whole number, such as 2."), status=422)
    before = next((line for line in cart_of(visitor).lines if line.variant.pk == variant_id), None)
    try:
        done = set_quantity(visitor, variant_id, number)
    except NotFound:
        return redirect("shop:cart")
    except DomainError as error:
        return _page(request, shop, refusal=str(error), status=error.status)
    undo = _way_back(before) if number == 0 and before else ""
    (messages.warning if done.cut else messages.success)(request, done.sentence, extra_tags=undo)
    return redirect("shop:cart")


@public
@visiting
@require_POST
@in_the_shop
def back(request: HttpRequest, shop: Shop, variant_id: UUID, quantity: int) -> HttpResponseBase:
    """What was taken out lies in it again."""
    _not_too_often(request)
    try:
        put_in_cart(visitor_of(request), variant_id, quantity, link=request.GET.get("c", "")[:300])
    except DomainError as error:
        return _page(request, shop, refusal=str(error), status=error.status)
    return redirect("shop:cart")


@public
@visiting
@require_POST
@in_the_shop
def coupon(request: HttpRequest, shop: Shop) -> HttpResponseBase:
    """A code is named; guessing many is of no use."""
    code = request.POST.get("code", "")[:40]
    if not may_once_more(request, "shop.coupon", NAMING):
        raise TooMany(retry_after=NAMING[1])
    try:
        name_coupon(visitor_of(request), code)
    except DomainError as error:
        return _page(request, shop, coupon_refusal=str(error), code=code, status=422)
    return redirect("shop:cart")


@public
@visiting
@require_POST
@in_the_shop
def coupon_off(request: HttpRequest, _shop: Shop) -> HttpResponseBase:
    """Without it after all."""
    if (visitor := visitor_in(request)) is not None:
        take_coupon_off(visitor, request.POST.get("code", "")[:40])
    return redirect("shop:cart")


def _page(request: HttpRequest, shop: Shop, *, status: int = 200, **more: str) -> HttpResponseBase:
    visitor = visitor_in(request)
    basket = priced_basket(shop, visitor, language_here())
    shippings = shippings_for(shop, basket.total, language_here()) if basket.lines else []
    context = {"basket": basket, "shippings": shippings, "visitor": visitor, **more}
    return render(request, "shop/cart.html", context, status=status)


def _way_back(line: Chosen) -> str:
    """Where what was taken out is put back, by the link by which it was found."""
    address = reverse("shop:put-back", args=[line.variant.pk, line.quantity])
    return f"{address}?{urlencode({'c': line.link})}" if line.link else address


def _not_too_often(request: HttpRequest) -> None:
    if not may_once_more(request, "shop.cart", CHANGING):
        raise TooMany(retry_after=CHANGING[1])


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _next(request: HttpRequest, otherwise: str) -> str:
    target = request.POST.get("next", "")
    ours = target.startswith("/p/shop") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if ours else otherwise
