"""How the pages of the shop begin: with the shop that is open, else with a page that says that it is closed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language

from filo.collaborative.shop.queries.shelves import the_shop

View = Callable[..., HttpResponseBase]


def in_the_shop(view: View) -> View:
    """`view(request, shop, …)`, as long as there is one that is open."""

    @wraps(view)
    def handle(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        shop = the_shop()
        if shop is None:
            return render(request, "shop/closed.html", status=404)
        return view(request, shop, *arguments, **named)

    return handle


def language_here() -> str:
    """In which language the visitor reads."""
    return (get_language() or "it")[:2]
