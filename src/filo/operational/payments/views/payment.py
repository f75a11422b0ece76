"""One payment, one due: written down, shared out, taken back, given back, disputed."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.amounts import money_words
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.ids import uuid7
from filo.foundation.web.requests import StaffRequest, asked_id, posted_version
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.queries.naming import names_of
from filo.operational.payments.bank.lines import amount_in
from filo.operational.payments.forms import DueForm, PaymentForm, RefundForm
from filo.operational.payments.models import Due, Payment
from filo.operational.payments.policies import DUE_EDITED, PAYMENT_EDITED, PAYMENT_REFUNDED
from filo.operational.payments.queries.history import seen_shares
from filo.operational.payments.queries.listing import dues_to_share, seen_due, seen_payment, taken_back_payment
from filo.operational.payments.queries.public import pay_link
from filo.operational.payments.queries.reminding import interest_of, known_rates
from filo.operational.payments.services.dues import dispute_due, open_due, settle_dispute
from filo.operational.payments.services.recording import (
    PaymentFacts,
    record_payment,
    restore_payment,
    take_back_payment,
)
from filo.operational.payments.services.refunding import refund_payment
from filo.operational.payments.services.sharing import share_payment


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A payment that came in: from a due or a card everything is filled in, so that Enter is enough."""
    request.principal.require("payment", "create")
    asked = request.POST if request.method == "POST" else request.GET
    due = seen_due(request.principal, asked_id(asked["due"])) if asked.get("due") else None
    party = seen_party(request.principal, asked_id(asked["party"])) if asked.get("party") else None
    if due is not None and party is None:
        party = due.party
    form = PaymentForm(request.principal, request.POST or None, initial=_initial(due))
    if request.method == "POST" and form.is_valid():
        facts = PaymentFacts(party=party, **form.cleaned_data)
        try:
            key = asked_id(request.POST.get("key")) if request.POST.get("key") else None
            made = record_payment(request.principal, facts, first=due.pk if due else None, key=key)
        except InvalidFields as error:
            form.refuse(error)
        else:
            undo = reverse("payments:take-back", args=[made.pk])
            sentence = _("Written down: %(sum)s") % {"sum": money_words(made.amount, made.currency)}
            messages.success(request, sentence, extra_tags=undo)
            return redirect("payments:payment", made.pk)
    context = {"form": form, "party": party, "due": due, "key": request.POST.get("key") or uuid7()}
    return render(request, "payments/new.html", context, status=422 if form.errors else 200)


def _initial(due: Due | None) -> dict[str, object]:
    if due is None:
        return {}
    return {"amount": f"{due.left:.2f}".replace(".", ","), "company": due.company_id, "currency": due.currency}


@require_GET
def page(request: StaffRequest, payment_id: UUID) -> HttpResponse:
    """A payment and what it pays."""
    request.principal.require("payment", "view")
    return _page(request, seen_payment(request.principal, payment_id))


def _page(request: StaffRequest, payment: Payment, *, status: int = 200, **more: object) -> HttpResponse:
    principal = request.principal
    context = {
        "payment": payment,
        "version": payment.version,
        "left": f"{payment.left:.2f}".replace(".", ","),
        "party_name": _name(request, payment.party_id),
        "shares": seen_shares(principal, payment),
        "choices": dues_to_share(principal, payment) if PAYMENT_EDITED.allows(principal, payment) else [],
        "refunds": payment.refunds.select_related("user"),
        "refund_form": RefundForm(initial={"amount": f"{payment.amount - payment.refunded:.2f}".replace(".", ",")}),
        "may_edit": principal.may("payment", "edit") and PAYMENT_EDITED.allows(principal, payment),
        "may_refund": principal.may("payment", "refund")
        and PAYMENT_REFUNDED.allows(principal, payment)
        and payment.state == "succeeded"
        and payment.direction == "in",
    }
    return render(request, "payments/payment.html", context | more, status=status)


def _name(request: StaffRequest, party_id: UUID | None) -> str:
    return names_of(request.principal, {party_id}).get(party_id, "") if party_id else ""


@require_POST
def share(request: StaffRequest, payment_id: UUID) -> HttpResponse:
    """What it pays, said anew."""
    payment = seen_payment(request.principal, payment_id)
    typed, wanted, wrong = {}, {}, ""
    for name in request.POST:
        text = str(request.POST[name])
        if name.startswith("due-") and text.strip():
            due_id, amount = asked_id(name.removeprefix("due-")), amount_in(text)
            typed[due_id] = text[:20]
            if amount is None:
                wrong = _("Write an amount above 0: 1.234,56.")
            wanted[due_id] = amount or Decimal(0)
    try:
        if wrong:
            raise InvalidFields({"shares": wrong})
        share_payment(request.principal, payment, wanted, version=posted_version(request))
    except InvalidFields as error:
        version = posted_version(request)
        return _page(request, payment, status=422, refusal=_sentence(error), typed=typed, version=version)
    except DomainError as error:
        if error.status in (403, 404):
            raise
        return _page(request, payment, status=422, refusal=str(error), typed=typed)
    messages.success(request, _("Saved."))
    return redirect("payments:payment", payment.pk)


@require_POST
def take_back(request: StaffRequest, payment_id: UUID) -> HttpResponse:
    """It was a slip."""
    payment = seen_payment(request.principal, payment_id)
    try:
        take_back_payment(request.principal, payment)
    except DomainError as error:
        if error.status in (403, 404):
            raise
        messages.error(request, str(error))
        return redirect("payments:payment", payment.pk)
    messages.success(request, _("Taken back."), extra_tags=reverse("payments:restore", args=[payment.pk]))
    return redirect("payments:list")


@require_POST
def restore(request: StaffRequest, payment_id: UUID) -> HttpResponse:
    """It was none."""
    payment = taken_back_payment(request.principal, payment_id)
    try:
        restore_payment(request.principal, payment)
    except DomainError as error:
        if error.status in (403, 404):
            raise
        messages.error(request, str(error))
        return redirect("payments:list")
    messages.success(request, _("It is there again."))
    return redirect("payments:payment", payment.pk)


@require_POST
def refund(request: StaffRequest, payment_id: UUID) -> HttpResponse:
    """Give some of it back."""
    payment, form = seen_payment(request.principal, payment_id), RefundForm(request.POST)
    if form.is_valid():
        try:
            given = refund_payment(request.principal, payment, **form.cleaned_data)
            messages.success(request, _given_words(given.state))
            return redirect("payments:payment", payment.pk)
        except InvalidFields as error:
            form.refuse(error)
        except DomainError as error:
            if error.status in (403, 404):
                raise
            form.add_error(None, str(error))
    return _page(request, seen_payment(request.principal, payment_id), status=422, refund_form=form)


def _given_words(state: str) -> str:
    if state == "asked":
        return _("It is more than you may give back alone: whoever may is asked.")
    return _("Begun: the provider has not confirmed it yet.") if state == "begun" else _("Given back.")


@require_GET
def due(request: StaffRequest, due_id: UUID) -> HttpResponse:
    """What is owed of one document by one day, and what paid of it."""
    request.principal.require("payment", "view")
    return _due_page(request, seen_due(request.principal, due_id))


def _due_page(request: StaffRequest, found: Due, *, status: int = 200, **more: object) -> HttpResponse:
    context = {
        "due": found,
        "party_name": _name(request, found.party_id),
        "shares": found.shares.select_related("payment").order_by("payment__paid_on"),
        "reminders": found.reminders.select_related("user"),
        "interest": interest_of(found, known_rates()),
        "link": pay_link(found),
        "may_edit": request.principal.may("payment", "edit") and DUE_EDITED.allows(request.principal, found),
    }
    return render(request, "payments/due.html", context | more, status=status)


@require_POST
def dispute(request: StaffRequest, due_id: UUID) -> HttpResponse:
    """The customer objects; without a reason and `end`: not any more."""
    found, reason = seen_due(request.principal, due_id), request.POST.get("reason", "")
    try:
        if "end" in request.POST:
            settle_dispute(request.principal, found)
        else:
            dispute_due(request.principal, found, reason)
    except InvalidFields as error:
        return _due_page(request, found, status=422, refusal=_sentence(error), reason=reason)
    except DomainError as error:
        if error.status in (403, 404):
            raise
        messages.error(request, str(error))
        return redirect("payments:due", found.pk)
    messages.success(request, _("Saved."))
    return redirect("payments:due", found.pk)


@require_http_methods(["GET", "POST"])
def new_due(request: StaffRequest) -> HttpResponse:
    """Something is owed that no document of Filo says: an opening balance."""
    request.principal.require("payment", "create")
    asked = request.POST if request.method == "POST" else request.GET
    party: Party = seen_party(request.principal, asked_id(asked.get("party")))
    form = DueForm(request.principal, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_due(request.principal, party=party, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("payments:due", made.pk)
        except InvalidFields as error:
            form.refuse(error)
    context = {"form": form, "party": party}
    return render(request, "payments/new_due.html", context, status=422 if form.errors else 200)


def _sentence(error: InvalidFields) -> str:
    return str(next(iter(error.fields.values()))[0])
