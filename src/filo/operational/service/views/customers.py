"""The pages that a customer opens without signing in: how his request stands, and how content he was."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.access.principal import system
from filo.foundation.errors import DomainError, InvalidFields, NotFound
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import public
from filo.operational.service.models import Ticket
from filo.operational.service.queries.finding import status_token, ticket_by_link, ticket_by_number
from filo.operational.service.services import give_satisfaction, say_on_page, want_person
from filo.operational.service.services.surveys import labels, survey_by_token

CUSTOMER = system("customer")
TRIES = (10, 900)  # times, within seconds


@public
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """By the number and the address that he wrote from. A wrong pair is refused alike, whatever is wrong with it."""
    if request.method == "GET":
        return render(request, "service/find.html", {"number": request.GET.get("number", "")[:40]})
    number, address = request.POST.get("number", "")[:40], request.POST.get("address", "")[:320].strip()
    context = {"number": number, "address": address}
    if not may_once_more(request, "service.find", TRIES):
        context["refusal"] = _("Too many tries. Wait a quarter of an hour, or use the link in our mail.")
        return render(request, "service/find.html", context, status=429)
    ticket = ticket_by_number(number)
    known = ticket.contact_address.casefold() if ticket else ""
    if ticket is None or not known or not hmac.compare_digest(known.encode(), address.casefold().encode()):
        context["refusal"] = _("We find no request of this number and address. Look at both in the mail from us.")
        return render(request, "service/find.html", context, status=422)
    return redirect("service:status", status_token(ticket))


@public
@require_GET
def status(request: HttpRequest, token: str) -> HttpResponse:
    """How the request of this link stands, in the language that it was written in."""
    ticket = _ticket(token)
    with _language_of(request, ticket):
        return render(request, "service/status.html", _context(ticket, token))


@public
@require_POST
def say(request: HttpRequest, token: str) -> HttpResponse:
    """What the customer adds."""
    ticket, text = _ticket(token), request.POST.get("text", "")
    with _language_of(request, ticket):
        try:
            say_on_page(CUSTOMER, ticket, text)
        except DomainError as error:
            return _refused(request, ticket, token, error, text=text)
        messages.success(request, _("Thank you. We have it and will answer."))
    return redirect("service:status", token)


@public
@require_POST
def person(request: HttpRequest, token: str) -> HttpResponse:
    """He wants to speak to a person: a call, or an answer in writing."""
    ticket, way = _ticket(token), "call" if request.POST.get("way") == "call" else "mail"
    telephone = request.POST.get("telephone", "")[:40]
    with _language_of(request, ticket):
        try:
            want_person(CUSTOMER, ticket, way=way, telephone=telephone)
        except DomainError as error:
            return _refused(request, ticket, token, error, telephone=telephone)
        messages.success(request, _("A person will look after it. We told the colleagues."))
    return redirect("service:status", token)


@public
@require_http_methods(["GET", "POST"])
def satisfaction(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the page records nothing, since programs that scan mails open every link; one press records it."""
    survey = survey_by_token(token)
    if survey is None:
        raise NotFound
    typed = request.POST.get("score") or request.GET.get("score", "")
    score = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 1 else 0
    with _language_of(request, survey.ticket):
        context = {"survey": survey, "token": token, "score": score or survey.score, "labels": labels()[::-1]}
        if request.method == "GET":
            return render(request, "service/satisfaction.html", context)
        try:
            give_satisfaction(CUSTOMER, survey, score=score, comment=request.POST.get("comment", ""))
        except InvalidFields as error:
            return render(request, "service/satisfaction.html", context | {"refusal": _sentence(error)}, status=422)
        return render(request, "service/satisfaction.html", context | {"thanked": True})


def _ticket(token: str) -> Ticket:
    ticket = ticket_by_link(token)
    if ticket is None:
        raise NotFound
    return ticket


@contextmanager
def _language_of(request: HttpRequest, ticket: Ticket) -> Iterator[None]:
    """The language of the request, unless the visitor chose one."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    with translation.override(chosen if chosen in dict(settings.LANGUAGES) else ticket.language):
        yield


def _context(ticket: Ticket, token: str) -> dict[str, object]:
    running = ticket.is_open and ticket.paused_at is None
    return {
        "ticket": ticket,
        "token": token,
        "answer_by": ticket.respond_by if running and ticket.responded_at is None else None,
        "solve_by": ticket.solve_by if running and ticket.responded_at is not None else None,
        "notes": [note for note in ticket.notes.all() if note.public or note.by_customer],
    }


def _refused(request: HttpRequest, ticket: Ticket, token: str, error: DomainError, **typed: str) -> HttpResponse:
    context = _context(ticket, token) | {"refusal": _sentence(error)} | typed
    return render(request, "service/status.html", context, status=422)


def _sentence(error: DomainError) -> str:
    if isinstance(error, InvalidFields):
        return str(next(iter(error.fields.values()))[0])
    return str(error)
