"""The checkout on one page, and the page that thanks, says how to pay, and how that went."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.shop.door import in_the_shop, language_here
from filo.collaborative.shop.forms import CheckoutForm, facts_of
from filo.collaborative.shop.models import Shop
from filo.collaborative.shop.queries.buying import (
    chose_transfer,
    dues_of,
    known_facts,
    open_due_of,
    payments_of,
    shippings_for,
)
from filo.collaborative.shop.queries.carts import priced_basket
from filo.collaborative.shop.queries.shelves import known_in
from filo.collaborative.shop.services import checkout
from filo.collaborative.shop.services.paying import pay_again
from filo.collaborative.visitors.door import visiting, visitor_in, visitor_of
from filo.foundation.errors import DomainError, InvalidFields, NotFound, TooMany
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import public
from filo.operational.orders.models import Order
from filo.operational.orders.queries.finding import lines_of
from filo.operational.orders.queries.tracking import order_by_link, track_link
from filo.operational.payments.models import Due, ProviderAccount
from filo.operational.payments.queries.public import open_attempt

BUYING, PAYING = (30, 900), (20, 900)  # times, within seconds
LOOKS, PAUSE = 10, 2  # how often the page looks by itself whether the money came, and after how many seconds


@public
@visiting
@require_http_methods(["GET", "POST"])
@in_the_shop
def checkout_page(request: HttpRequest, shop: Shop) -> HttpResponseBase:
    """Who, where, how it travels, how it is paid; one button."""
    if request.method == "GET":
        visitor = visitor_in(request)
        initial = {"key": uuid4(), **known_facts(known_in(visitor))}
        return _page(request, shop, CheckoutForm(initial=initial))
    if not may_once_more(request, "shop.checkout", BUYING):
        raise TooMany(retry_after=BUYING[1])
    form = CheckoutForm(request.POST)
    if not form.is_valid():
        return _page(request, shop, form, status=422)
    try:
        placed = checkout(visitor_of(request), facts_of(form, language_here()))
    except InvalidFields as error:
        form.refuse(error)
        return _page(request, shop, form, status=422)
    except DomainError as error:
        return _page(request, shop, form, refusal=str(error), status=error.status)
    return _go_on(request, placed.order, placed.pay_address)


@public
@visiting
@require_GET
def thanks(request: HttpRequest, token: str) -> HttpResponseBase:
    """The order that was placed, and its payment. While that is being confirmed, the page looks again by itself."""
    order = _order(token)
    dues, back = dues_of(order), request.GET.get("back", "")
    due = open_due_of(order, dues)
    looked = request.GET.get("n", "0")
    times = int(looked) if looked.isdigit() and len(looked) < 3 else LOOKS
    attempt = open_attempt(due) if due else None
    hopes = back == "paid" and due is not None and (attempt is None or attempt.state == "pending")
    waits = hopes and times < LOOKS
    ways = payments_of(order.company_id)
    context = {
        "order": order,
        "lines": lines_of(order),
        "by_transfer": "transfer" in ways and chose_transfer(dues),
        "due": due,
        "paid": order.state != "cancelled" and due is None and any(one.paid > 0 for one in dues),
        "token": token,
        "track": track_link(order),
        "card": ways.get("card"),
        "transfer": _transfer(ways.get("transfer"), order, due),
        "waits": waits,
        "late": hopes and not waits,
        "given_up": back == "not",
        "attempt": attempt,
    }
    answer = render(request, "shop/thanks.html", context)
    if waits:
        answer["Refresh"] = f"{PAUSE}; url={request.path}?back=paid&n={times + 1}"
    return answer


@public
@visiting
@require_POST
def pay(request: HttpRequest, token: str) -> HttpResponseBase:
    """By card, once more or after all."""
    if not may_once_more(request, "shop.pay", PAYING):
        raise TooMany(retry_after=PAYING[1])
    order = _order(token)
    return _go_on(request, order, pay_again(order, language_here()))


def _order(token: str) -> Order:
    order = order_by_link(token)
    if order is None or order.source != "shop":
        raise NotFound
    return order


def _transfer(row: ProviderAccount | None, order: Order, due: Due | None) -> dict[str, str] | None:
    if row is None or due is None:
        return None
    company, words = order.company, order.name if due.kind == "order" else due.document
    return {"iban": row.iban, "holder": row.holder or company.legal_name or company.name, "words": words}


def _go_on(request: HttpRequest, order: Order, address: str) -> HttpResponseBase:
    """To a page of ours by a redirect; elsewhere by a page that goes on, since our policy lets no form lead away."""
    if address.startswith(f"{settings.SITE_URL.rstrip('/')}/"):
        return HttpResponseRedirect(address)
    answer = render(request, "shop/go.html", {"order": order, "address": address})
    answer["Refresh"] = f"0; url={address}"
    return answer


def _page(
    request: HttpRequest, shop: Shop, form: CheckoutForm, *, refusal: str = "", status: int = 200
) -> HttpResponseBase:
    visitor = visitor_in(request)
    basket = priced_basket(shop, visitor, language_here())
    if not basket.lines and status == 200:
        return redirect("shop:cart")
    ways = payments_of(shop.company_id)
    shippings = shippings_for(shop, basket.total, language_here())
    chosen = str(form["shipping_id"].value() or (shippings[0].way.pk if shippings else ""))
    context: dict[str, Any] = {
        "form": form,
        "basket": basket,
        "shippings": shippings,
        "shipping": next((one for one in shippings if str(one.way.pk) == chosen), None),
        "chosen_shipping": chosen,
        "ways": ways,
        "chosen_way": form["pay"].value() or next(iter(ways), "agreed"),
        "party": known_in(visitor),
        "refusal": refusal,
        "visitor": visitor,
    }
    answer = render(request, "shop/checkout.html", context, status=status)
    if context["party"] is not None:
        add_never_cache_headers(answer)  # name and address of a customer are not left in a browser that others use
    return answer
