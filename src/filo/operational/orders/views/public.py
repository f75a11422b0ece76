"""Where is my order? The page that a customer opens without signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import public
from filo.operational.orders.queries.finding import lines_of
from filo.operational.orders.queries.tracking import order_by_link, order_by_words, track_token, tracked

TRIES = (20, 900)  # times, within seconds


@public
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """By number, and e-mail address or the last four digits of the telephone; one answer for all that is unknown."""
    refusal = ""
    if request.method == "POST":
        if may_once_more(request, "orders.track", TRIES):
            order = order_by_words(request.POST.get("number", "")[:40], request.POST.get("proof", "")[:320])
            if order is not None:
                return redirect("orders:public", track_token(order))
            refusal = _("There is no order with this number for this address or telephone. Look at both once more.")
        else:
            refusal = _("Too many tries. Wait a quarter of an hour.")
    typed = {name: request.POST.get(name, "")[:320] for name in ("number", "proof")}
    context = {"refusal": refusal, **typed}
    return render(request, "orders/ask.html", context, status=422 if refusal else 200)


@public
@require_GET
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The order of a signed link, in its customer's language unless the reader chose another."""
    order = order_by_link(token)
    if order is None:
        return redirect("orders:ask")
    language = translation.get_language() if "filo_language" in request.COOKIES else order.language
    with translation.override(language):
        context = {"found": tracked(order), "order": order, "lines": lines_of(order)}
        return render(request, "orders/public.html", context)
