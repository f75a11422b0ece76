"""The door to a customer's area: open to who signed in of late, and nothing of it stays in the browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from filo.collaborative.visitors.door import visiting, visitor_in
from filo.collaborative.visitors.models import Visitor
from filo.collaborative.visitors.queries.here import link_principal
from filo.foundation.access.principal import Principal
from filo.foundation.web.requests import public
from filo.operational.parties.models import Party

HOME = "/p/me"


class CustomerRequest(HttpRequest):
    """A request of a customer who signed in."""

    customer: Principal
    party: Party
    visitor: Visitor


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For pages of the area; whoever did not sign in is led to the sign-in, and from there back here."""

    @wraps(view)
    def handle(request: Any, *arguments: Any, **named: Any) -> HttpResponseBase:
        visitor = visitor_in(request)
        party = visitor.signed_in if visitor else None
        if visitor is None or party is None or party.deleted_at is not None:
            wanted = request.path if request.method == "GET" else HOME
            response: HttpResponseBase = redirect(f"/p/sign-in?{urlencode({'next': wanted})}")
        else:
            request.visitor, request.party, request.customer = visitor, party, link_principal(visitor)
            response = view(request, *arguments, **named)
        add_never_cache_headers(response)
        return response

    return public(visiting(handle))
