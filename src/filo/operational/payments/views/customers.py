"""The page on which a customer pays, behind a signed link; and the door for messages of providers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from filo.foundation.errors import DomainError, NotFound
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import public
from filo.operational.payments.models import Due
from filo.operational.payments.providers.contract import Forged
from filo.operational.payments.providers.dialling import own_address
from filo.operational.payments.queries.accounts import account_with, provider_of, ways_to_pay
from filo.operational.payments.queries.public import due_by_link, open_attempt, paid_twice, pay_link
from filo.operational.payments.services.providing import begin_payment, receive_webhook

MOST_BYTES = 256 * 1024
TRIES = (20, 900)  # times, within seconds


@public
@require_GET
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """What is to be paid, by which ways, and how it stands."""
    due = _due(token)
    with _language_of(request, due):
        return render(request, "payments/pay.html", _context(request, due, token))


@public
@require_POST
def begin(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """To the provider's own page: the number of a card is typed there and nowhere else."""
    due = _due(token)
    row = next((one for one in ways_to_pay(due.company_id) if one.kind == kind), None)
    if row is None or not provider_of(row).has_webhooks:
        raise NotFound
    with _language_of(request, due):
        if not may_once_more(request, "payments.begin", TRIES):
            return render(request, "payments/pay.html", _context(request, due, token) | {"often": True}, status=429)
        link = pay_link(due)
        try:
            started = begin_payment(
                due, row, return_url=f"{link}?back=paid", cancel_url=link, language=translation.get_language() or "it"
            )
        except DomainError as error:
            context = _context(request, due, token) | {"refusal": str(error)}
            return render(request, "payments/pay.html", context, status=422)
        if started.redirect.startswith(own_address("/")):
            return HttpResponseRedirect(started.redirect)
        # Our own policy lets no form lead elsewhere (form-action), not even by a redirect: a page of ours goes on.
        answer = render(request, "payments/go.html", {"due": due, "address": started.redirect})
        answer["Refresh"] = f"0; url={started.redirect}"
        return answer


@csrf_exempt  # a provider posts here; his signature over the body is what is checked
@public
@require_POST
def hook(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """A message of a provider. 400: it is not his, and nothing was kept."""
    row = account_with(account_id)
    if row is None:
        raise NotFound
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return HttpResponse("too long", status=413, content_type="text/plain")
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        receive_webhook(row, headers, body)
    except Forged as error:
        return HttpResponse(error.reason, status=400, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


def _due(token: str) -> Due:
    due = due_by_link(token)
    if due is None:
        raise NotFound
    return due


def _context(request: HttpRequest, due: Due, token: str) -> dict[str, object]:
    ways = ways_to_pay(due.company_id)
    return {
        "due": due,
        "token": token,
        "online": [row for row in ways if provider_of(row).has_webhooks],
        "transfers": [row for row in ways if not provider_of(row).has_webhooks],
        "waits": request.GET.get("back") == "paid" and due.settled_on is None,
        "attempt": open_attempt(due),
        "twice": paid_twice(due),
    }


@contextmanager
def _language_of(request: HttpRequest, due: Due) -> Iterator[None]:
    """The customer's language, unless the visitor chose one."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    with translation.override(chosen if chosen in dict(settings.LANGUAGES) else due.party.language):
        yield
