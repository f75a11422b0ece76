"""The provider inside Filo: his two calls, and the page on which one chooses what happens. Asks for no card."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from filo.foundation.amounts import money_words
from filo.foundation.errors import DomainError, NotFound
from filo.foundation.web.requests import public
from filo.operational.payments.models import ProviderAccount, SandboxSession
from filo.operational.payments.providers.dialling import own_address
from filo.operational.payments.queries.accounts import account_with
from filo.operational.payments.services.answering import answer_once
from filo.operational.payments.services.sandbox import (
    end_session,
    ended_words,
    expire_session,
    give_back,
    knows_key,
    open_session,
)


@csrf_exempt  # a program calls here; the secret key is what is checked
@public
@require_POST
def sessions(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """`POST /v1/checkout/sessions`."""
    row, key = _account(account_id), request.headers.get("Idempotency-Key", "")

    def opened() -> dict[str, Any]:
        found = open_session(row, request.POST.dict(), key=key)
        url = own_address(reverse("payments:sandbox", args=[found.pk]))
        return {"id": found.pk, "object": "checkout.session", "url": url, "status": "open"}

    return _answer(request, row, opened)


@csrf_exempt  # a program calls here; the secret key is what is checked
@public
@require_POST
def expire(request: HttpRequest, account_id: UUID, session_id: str) -> HttpResponse:
    """`POST /v1/checkout/sessions/:id/expire`."""
    row = _account(account_id)

    def expired() -> dict[str, Any]:
        return {"id": expire_session(row, session_id).pk, "object": "checkout.session", "status": "expired"}

    return _answer(request, row, expired)


@csrf_exempt  # a program calls here; the secret key is what is checked
@public
@require_POST
def refunds(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """`POST /v1/refunds`."""
    row = _account(account_id)
    return _answer(request, row, lambda: give_back(row, request.POST.dict()))


def _answer(request: HttpRequest, row: ProviderAccount, do: Callable[[], dict[str, Any]]) -> HttpResponse:
    if not knows_key(row, request.headers.get("Authorization", "")):
        return _error(401, "Invalid API Key provided")
    key = request.headers.get("Idempotency-Key", "")
    try:
        found = answer_once(row, request.path, request.POST.dict(), key=key, do=do)
    except (KeyError, ValueError) as error:
        return _error(400, f"Invalid request: {error}")
    answer = JsonResponse(found.body, status=found.status)
    if key:
        answer["Idempotency-Key"] = key
    if found.again:
        answer["Idempotent-Replayed"] = "true"
    return answer


@public
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest, session_id: str) -> HttpResponse:
    """What the customer would see of the provider; a POST is his choice."""
    found = SandboxSession.objects.select_related("account__company").filter(pk=session_id).first()
    if found is None or not found.account.sandbox:
        raise NotFound
    total = money_words(Decimal(found.cents) / 100, found.currency)
    context: dict[str, Any] = {"session": found, "sum": total, "ended": ended_words(found)}
    if request.method == "POST":
        outcome = request.POST.get("outcome", "")
        try:
            end_session(
                found,
                outcome,
                again="again" in request.POST,
                late="late" in request.POST,
                disordered="disordered" in request.POST,
            )
        except DomainError as error:
            return render(request, "payments/sandbox.html", context | {"refusal": str(error)}, status=422)
        if outcome == "decline":
            return render(request, "payments/sandbox.html", context | {"declined": True})
        return HttpResponseRedirect(found.success_url if outcome == "pay" else found.cancel_url)
    return render(request, "payments/sandbox.html", context)


def _account(account_id: UUID) -> ProviderAccount:
    row = account_with(account_id)
    if row is None or not row.sandbox or row.kind != "card":
        raise NotFound
    return row


def _error(status: int, message: str) -> HttpResponse:
    return JsonResponse({"error": {"type": "invalid_request_error", "message": message}}, status=status)
