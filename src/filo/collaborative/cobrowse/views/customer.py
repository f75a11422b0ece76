"""The customer's side: he is asked, agrees, stops; the form that he fills in with a colleague."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.cobrowse.kinds import kind_of
from filo.collaborative.cobrowse.queries.panel import shown_form
from filo.collaborative.cobrowse.queries.standing import Standing, standing_of
from filo.collaborative.cobrowse.services import (
    agree,
    change_field,
    note_arrival,
    note_page,
    refuse,
    send_form,
    stop,
)
from filo.collaborative.visitors.door import called, visiting, visitor_in
from filo.foundation.errors import DomainError, InvalidFields, NotFound
from filo.foundation.web.requests import public


@public
@visiting
@require_GET
def now(request: HttpRequest) -> HttpResponseBase:
    """The bar above his page: what he is asked, that a colleague sees his page, how he stops it."""
    return render(request, "cobrowse/_bar.html", bar_of(request))


@require_POST
@called
def say(request: HttpRequest, what: str) -> HttpResponseBase:
    """Agree, refuse, stop; which page he is on; that a page which was shown has arrived."""
    standing = _standing(request)
    looking = standing.looking
    if what == "arrived":
        note_arrival(standing.chat, _id(request.POST.get("shown", "")))
    elif looking is None:
        raise NotFound
    elif what == "agree":
        agree(looking)
    elif what == "refuse":
        refuse(looking)
    elif what == "stop":
        stop(looking, by="customer")
    elif what == "page":
        note_page(looking, request.POST.get("path", ""), request.POST.get("title", ""))
    else:
        raise NotFound
    return HttpResponse(status=204)


@public
@visiting
@require_http_methods(["GET", "POST"])
def form(request: HttpRequest) -> HttpResponseBase:
    """The form that a colleague shares with him; a POST sends it."""
    standing = standing_of(visitor_in(request))
    shared = standing.form if standing else None
    if shared is None or shared.state == "closed":
        return render(request, "cobrowse/form_over.html", status=404 if request.method == "GET" else 409)
    if shared.state == "sent" and shared.result:
        return redirect(shared.result)
    if request.method == "GET":
        return render(request, "cobrowse/form.html", shown_form(shared))
    problems: dict[str, str] = {}
    for one in kind_of(shared).fields(shared):
        if one.name not in request.POST and one.input != "check":
            continue
        try:
            change_field(shared, one.name, request.POST.get(one.name, ""), side="customer")
        except InvalidFields as error:
            problems |= {key: str(found[0]) for key, found in error.fields.items()}
    try:
        if not problems:
            return redirect(send_form(shared))
    except InvalidFields as error:
        problems = {key: str(found[0]) for key, found in error.fields.items()}
    except DomainError as error:
        problems = {"": str(error)}
    shared.refresh_from_db()
    return render(request, "cobrowse/form.html", shown_form(shared, problems), status=422)


@public
@visiting
@require_GET
def about(request: HttpRequest) -> HttpResponseBase:
    """What stands above its fields, as things are now."""
    standing = standing_of(visitor_in(request))
    shared = standing.form if standing else None
    if shared is None or shared.state != "open":
        return HttpResponse(status=204)
    context = {"about": kind_of(shared).about(shared), "chat": shared.chat, "address": request.path}
    return render(request, "cobrowse/_about.html", context)


@require_POST
@called
def field(request: HttpRequest) -> HttpResponseBase:
    """What he types into one field."""
    standing = _standing(request)
    if standing.form is None:
        raise NotFound
    change_field(standing.form, request.POST.get("name", ""), request.POST.get("value", ""), side="customer")
    return JsonResponse({"ok": True})


def bar_of(request: HttpRequest) -> dict[str, Any]:
    """What the bar shows: nothing without a chat."""
    return {"standing": standing_of(visitor_in(request))}


def _standing(request: HttpRequest) -> Standing:
    found = standing_of(visitor_in(request))
    if found is None:
        raise NotFound(_("There is no chat that goes on."))
    return found


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
