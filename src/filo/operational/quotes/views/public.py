"""The page of a quote that the customer opens without signing in: he reads, chooses, accepts, rejects, asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.foundation.access.principal import system
from filo.foundation.errors import DomainError, InvalidFields, NotFound
from filo.foundation.files.answering import answer_file
from filo.foundation.files.services import store_file
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import client_ip, public
from filo.operational.prices.sums import totals_of
from filo.operational.quotes.drawing import drawn_png, read_strokes
from filo.operational.quotes.models import Quote, QuoteSignature
from filo.operational.quotes.queries.finding import lines_of, newer_version, quote_by_link, quote_token
from filo.operational.quotes.services import Evidence, accept_quote, ask_about_quote, reject_quote
from filo.operational.quotes.services.printing import evidence_document, kept_document
from filo.operational.quotes.services.seeing import note_view
from filo.operational.quotes.words import standing_words

CUSTOMER = system("customer")
TRIES = (40, 900)  # times, within seconds


@public
@require_GET
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The quote, in the language that it was written in."""
    quote = _quote(token)
    with _language_of(request, quote):
        return render(request, "quotes/public.html", _context(request, quote, token))


@public
@require_GET
def sums(request: HttpRequest, token: str) -> HttpResponse:
    """What it comes to with the options that are ticked just now."""
    quote = _quote(token)
    with _language_of(request, quote):
        return render(request, "quotes/_public_sums.html", _context(request, quote, token))


@public
@require_GET
def pdf(request: HttpRequest, token: str) -> HttpResponseBase:
    """The PDF: after the acceptance with its evidence. It is printed when it is first asked for."""
    quote = _quote(token)
    if quote.is_early:
        raise NotFound
    document = evidence_document(quote) if quote.state == "accepted" else kept_document(quote)
    return answer_file(document)


@public
@require_POST
def seen(request: HttpRequest, token: str) -> HttpResponse:
    """The page was opened by a person: counted."""
    quote = _quote(token)
    if quote.is_out and may_once_more(request, f"quotes.seen:{quote.pk}", TRIES):
        note_view(CUSTOMER, quote)
    return HttpResponse(status=204)


@public
@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Signed with a name, and a drawn signature if there is one."""
    quote = _quote(token)
    with _language_of(request, quote):
        try:
            if not may_once_more(request, "quotes.answer", TRIES):
                raise DomainError(_("Too many tries. Wait a quarter of an hour."), code="too-many")
            if "agreed" not in request.POST:
                raise InvalidFields({"agreed": _("Tick that you accept the quote and its terms.")})
            accept_quote(CUSTOMER, quote, evidence=_evidence(request, quote), chosen=_chosen(request.POST))
        except DomainError as error:
            return _refused(request, quote, token, error, typed_name=request.POST.get("name", "")[:120])
        messages.success(request, _("Thank you: the quote is accepted."))
    return redirect("quotes:public", token)


def _evidence(request: HttpRequest, quote: Quote) -> Evidence:
    name = request.POST.get("name", "")[:300]
    try:
        strokes = read_strokes(request.POST.get("strokes", ""))
    except ValueError:
        strokes = []
    drawn = None
    if strokes and name.strip() and quote.is_out:
        drawn = store_file(drawn_png(strokes), name="signature.png", media_type="image/png").pk
    document = kept_document(quote) if quote.is_out else None
    return Evidence(
        name=name,
        drawn_id=drawn,
        sha256=document.sha256 if document else "",
        ip=client_ip(request) or None,
        user_agent=request.headers.get("User-Agent", ""),
    )


@public
@require_POST
def reject(request: HttpRequest, token: str) -> HttpResponse:
    """Not taken, with a reason."""
    quote, reason = _quote(token), request.POST.get("reason", "")[:600]
    with _language_of(request, quote):
        try:
            reject_quote(CUSTOMER, quote, reason=reason)
        except DomainError as error:
            return _refused(request, quote, token, error, typed_reason=reason)
        messages.success(request, _("Thank you for telling us."))
    return redirect("quotes:public", token)


@public
@require_POST
def ask(request: HttpRequest, token: str) -> HttpResponse:
    """A question for whoever made the quote."""
    quote, text = _quote(token), request.POST.get("text", "")[:5_000]
    with _language_of(request, quote):
        try:
            ask_about_quote(CUSTOMER, quote, text)
        except DomainError as error:
            return _refused(request, quote, token, error, typed_question=text)
        messages.success(request, _("Thank you. We have your question and will answer."))
    return redirect("quotes:public", token)


def _quote(token: str) -> Quote:
    quote = quote_by_link(token)
    if quote is None or quote.is_early:
        raise NotFound
    return quote


@contextmanager
def _language_of(request: HttpRequest, quote: Quote) -> Iterator[None]:
    """The language of the quote, unless the visitor chose one."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    with translation.override(chosen if chosen in dict(settings.LANGUAGES) else quote.language):
        yield


def _chosen(asked: Any) -> list[UUID]:
    found = []
    for text in asked.getlist("chosen")[:500]:
        try:
            found.append(UUID(text))
        except ValueError:
            raise InvalidFields({"chosen": _("What was chosen is not on this quote.")}) from None
    return found


def _context(request: HttpRequest, quote: Quote, token: str) -> dict[str, Any]:
    lines = lines_of(quote)
    holds = quote.is_out and not quote.is_past
    asked = request.POST if request.method == "POST" else request.GET
    if holds and (asked.getlist("chosen") or request.method == "POST"):
        ticked = set(asked.getlist("chosen"))
        for line in lines:
            line.chosen = line.optional and str(line.pk) in ticked
    newer = newer_version(quote) if quote.state == "superseded" else None
    return {
        "quote": quote,
        "token": token,
        "lines": lines,
        "has_options": any(line.optional for line in lines),
        "totals": totals_of([line for line in lines if line.counts], gross=quote.gross, currency=quote.currency),
        "holds": holds,
        "standing": "" if holds else standing_words(quote) if not quote.is_out else "",
        "past": quote.is_out and quote.is_past,
        "signature": QuoteSignature.objects.filter(quote=quote).first() if quote.state == "accepted" else None,
        "newer_token": quote_token(newer) if newer else "",
        "questions": list(quote.questions.all()),
        "look": getattr(quote.company, "look", None),
    }


def _refused(request: HttpRequest, quote: Quote, token: str, error: DomainError, **typed: str) -> HttpResponse:
    fresh = _quote(token)
    sentence = str(next(iter(error.fields.values()))[0]) if isinstance(error, InvalidFields) else str(error)
    context = _context(request, fresh, token) | {"refusal": sentence} | typed
    status = 422 if isinstance(error, InvalidFields) else 409
    return render(request, "quotes/public.html", context, status=status)
