"""A personal link is opened; one signs in by mail, is forgotten, and says what may be kept."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filo.collaborative.visitors.destinations import destination_of
from filo.collaborative.visitors.door import called, drop_key, go_on_as, visiting, visitor_in, visitor_of
from filo.collaborative.visitors.queries.links import link_by_token
from filo.collaborative.visitors.services import forget, open_link, send_sign_in, set_history
from filo.collaborative.visitors.services.beginning import note_page
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import public

OPENING, ASKING = (60, 600), (5, 900)  # times, within seconds


@public
@visiting
@require_http_methods(["GET", "POST"])
def open_page(request: HttpRequest, purpose: str, token: str) -> HttpResponseBase:
    """A GET recognises nobody, since programs that scan mails open every link; the page presses its button itself."""
    link = link_by_token(purpose, token)
    if link is None or not may_once_more(request, "visitors.open", OPENING):
        return render(request, "visitors/refused.html", {"why": "unknown", "purpose": purpose}, status=404)
    if request.method == "GET":
        return render(request, "visitors/open.html", {"link": link})
    opened = open_link(link, visitor_of(request))
    if opened.visitor is None:
        context = {"why": opened.refused, "purpose": purpose, "link": link}
        return render(request, "visitors/refused.html", context, status=410)
    go_on_as(request, opened.visitor, opened.key)
    return redirect(destination_of(link))


@public
@visiting
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Asks for an address; the answer is the same whether it is known or not."""
    address, leads_to = request.POST.get("address", "").strip()[:320], _wanted(request)
    context = {"address": address, "next": leads_to}
    if request.method == "GET":
        context["address"] = request.GET.get("address", "")[:320]
        return render(request, "visitors/sign_in.html", context)
    try:
        validate_email(address)
    except ValidationError:
        refusal = _("Write your e-mail address, such as name@example.it.")
        return render(request, "visitors/sign_in.html", context | {"refusal": refusal}, status=422)
    if not may_once_more(request, "visitors.sign-in", ASKING):
        refusal = _("Too many tries. Wait a quarter of an hour.")
        return render(request, "visitors/sign_in.html", context | {"refusal": refusal}, status=429)
    send_sign_in(address, language=(get_language() or "it")[:2], leads_to=leads_to)
    return render(request, "visitors/sign_in.html", context | {"sent": True})


@public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """ "It is not me", or the end of a visit on a shared computer."""
    found = visitor_in(request)
    if found is not None:
        forget(found)
    response = redirect(_next(request))
    drop_key(response)
    messages.success(request, _("This browser is nobody's again."))
    return response


@public
@visiting
@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest) -> HttpResponseBase:
    """What may be kept of a visit: nothing beyond what it needs, unless he agrees."""
    if request.method == "POST":
        set_history(visitor_of(request), agreed=request.POST.get("history") == "yes")
        messages.success(request, _("Noted. You can change it whenever you like."))
        return redirect(_next(request))
    return render(request, "visitors/choices.html", {"visitor": visitor_in(request)})


@require_POST
@called
def seen(request: HttpRequest) -> HttpResponseBase:
    """The page that is open: he is still there, and it is kept which page where he agreed to that."""
    path, title = request.POST.get("path", ""), request.POST.get("title", "")
    if path.startswith("/p/"):
        note_page(visitor_in(request), path, title.rpartition(" · ")[0] or title)
    return HttpResponse(status=204)


def _next(request: HttpRequest) -> str:
    return _wanted(request) or "/p/visit"


def _wanted(request: HttpRequest) -> str:
    """The page under /p/ that he came from or wants; empty for any other."""
    target = (request.POST.get("next") or request.GET.get("next", ""))[:300]
    ours = target.startswith("/p/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if ours else ""
