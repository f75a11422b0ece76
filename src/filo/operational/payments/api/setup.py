"""How money is taken and customers are reminded, at the API. Secrets are written here and never read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from filo.foundation.errors import InvalidFields
from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.web.paging import Key, capped_count
from filo.operational.payments.api import telling
from filo.operational.payments.api.setting_shapes import (
    InterestRateBody,
    InterestRateList,
    InterestRateShape,
    PaymentAccountBody,
    PaymentAccountChange,
    PaymentAccountList,
    PaymentAccountShape,
    RefundCapBody,
    RefundCapList,
    RefundCapShape,
    ReminderStepBody,
    ReminderStepChange,
    ReminderStepList,
    ReminderStepShape,
    SettingsAddedShape,
)
from filo.operational.payments.bank.lines import amount_in
from filo.operational.payments.models import InterestRate, ProviderAccount, RefundCap, ReminderStep
from filo.operational.payments.providers.contract import providers
from filo.operational.payments.providers.dialling import own_address
from filo.operational.payments.queries.setting import seen_account, seen_step
from filo.operational.payments.services.ready import make_ready
from filo.operational.payments.services.settings import (
    TEXTS,
    change_account,
    change_step,
    keep_account,
    keep_cap,
    keep_rate,
    keep_step,
)

router = Router(tags=["payment-settings"])
BY_KIND = (Key("kind"), Key("id"))
BY_DAYS = (Key("after_days"),)
BY_DAY = (Key("since", descending=True),)
BY_ROLE = (Key("role"),)


@router.get("/payment-accounts", response=PaymentAccountList, summary="List ways to pay")
def list_payment_accounts(request: ApiRequest, asked: Query[PageParams]) -> HttpResponse:
    """How each company takes money; secrets are not among it."""
    require(request, "settings", "view")
    found = ProviderAccount.objects.select_related("company").order_by()
    page = page_in(found, BY_KIND, asked)
    return list_answer([_account(row) for row in page.rows], page.next, capped_count(found))


@router.post("/payment-accounts", response={201: PaymentAccountShape}, summary="Take money in one more way")
def add_payment_account(request: ApiRequest, body: PaymentAccountBody) -> HttpResponse:
    """How a company takes money with a kind of provider; where it does already, that is written anew."""
    principal, sent = require(request, "settings", "edit"), body.model_dump()
    made = keep_account(principal, telling.company(sent.pop("company")), **sent)
    headers = {"Location": f"/api/v1/payment-accounts/{made.pk}"}
    return answer(_account(seen_account(made.pk)), status=201, headers=headers)


@router.get("/payment-accounts/{uuid:account_id}", response=PaymentAccountShape, summary="Read a way to pay")
def get_payment_account(request: ApiRequest, account_id: UUID) -> HttpResponse:
    """One of them."""
    require(request, "settings", "view")
    return answer(_account(seen_account(account_id)))


@router.patch("/payment-accounts/{uuid:account_id}", response=PaymentAccountShape, summary="Change a way to pay")
def patch_payment_account(request: ApiRequest, account_id: UUID, body: PaymentAccountChange) -> HttpResponse:
    """Only what is sent changes; a secret that is sent empty stays as it is."""
    principal = require(request, "settings", "edit")
    change_account(principal, seen_account(account_id), body.sent())
    return answer(_account(seen_account(account_id)))


@router.get("/reminder-steps", response=ReminderStepList, summary="List the steps of reminding")
def list_reminder_steps(request: ApiRequest, asked: Query[PageParams]) -> HttpResponse:
    """After how many days which words."""
    require(request, "settings", "view")
    found = ReminderStep.objects.order_by()
    page = page_in(found, BY_DAYS, asked)
    return list_answer([_step(row) for row in page.rows], page.next, capped_count(found))


@router.post("/reminder-steps", response={201: ReminderStepShape}, summary="Make a step of reminding")
def add_reminder_step(request: ApiRequest, body: ReminderStepBody) -> HttpResponse:
    """One more step."""
    made = keep_step(require(request, "settings", "edit"), None, **body.model_dump())
    return answer(_step(made), status=201, headers={"Location": f"/api/v1/reminder-steps/{made.pk}"})


@router.get("/reminder-steps/{uuid:step_id}", response=ReminderStepShape, summary="Read a step of reminding")
def get_reminder_step(request: ApiRequest, step_id: UUID) -> HttpResponse:
    """One step."""
    require(request, "settings", "view")
    return answer(_step(seen_step(step_id)))


@router.patch("/reminder-steps/{uuid:step_id}", response=ReminderStepShape, summary="Change a step of reminding")
def patch_reminder_step(request: ApiRequest, step_id: UUID, body: ReminderStepChange) -> HttpResponse:
    """Only what is sent changes; `active` false takes it out of use."""
    principal = require(request, "settings", "edit")
    return answer(_step(change_step(principal, seen_step(step_id), body.sent())))


@router.get("/interest-rates", response=InterestRateList, summary="List rates of interest for late payment")
def list_interest_rates(request: ApiRequest, asked: Query[PageParams]) -> HttpResponse:
    """From which day which yearly rate holds, the newest first."""
    require(request, "settings", "view")
    found = InterestRate.objects.order_by()
    page = page_in(found, BY_DAY, asked)
    return list_answer([_rate(row) for row in page.rows], page.next, capped_count(found))


@router.post("/interest-rates", response={201: InterestRateShape}, summary="Write a rate of interest down")
def add_interest_rate(request: ApiRequest, body: InterestRateBody) -> HttpResponse:
    """The yearly rate from a day on; one of the same day is written anew."""
    principal = require(request, "settings", "edit")
    made = keep_rate(principal, since=body.since, percent=_number(body.percent, "percent"), source=body.source)
    return answer(_rate(made), status=201)


@router.get("/refund-caps", response=RefundCapList, summary="List caps of refunds")
def list_refund_caps(request: ApiRequest, asked: Query[PageParams]) -> HttpResponse:
    """How much of one payment each role may give back without asking; a role that is missing: as much as it likes."""
    require(request, "settings", "view")
    found = RefundCap.objects.order_by()
    page = page_in(found, BY_ROLE, asked)
    return list_answer([_cap(row.role, row.most) for row in page.rows], page.next, capped_count(found))


@router.post("/refund-caps", response=RefundCapShape, summary="Cap the refunds of a role")
def set_refund_cap(request: ApiRequest, body: RefundCapBody) -> HttpResponse:
    """How much a role may give back without asking; null: as much as it likes."""
    principal = require(request, "settings", "edit")
    most = None if body.most is None else _number(body.most, "most")
    keep_cap(principal, role=body.role, most=most)
    return answer(_cap(body.role, most))


@router.post(
    "/reminder-steps/usual", response=SettingsAddedShape, summary="Add the letters and rates that come with Filo"
)
def add_what_comes_with_filo(request: ApiRequest) -> dict[str, int]:
    """Three letters, where there is no step yet, and the rates that are missing; the rates are to be checked."""
    return {"added": make_ready(require(request, "settings", "edit"))}


def _number(text: str, name: str) -> Decimal:
    """Raises `InvalidFields`."""
    if "," in text or amount_in(text) is None:
        raise InvalidFields({name: _("Write the amount as a decimal: 12.50.")})
    return Decimal(str(amount_in(text))).quantize(Decimal("0.01"))


def _account(row: ProviderAccount) -> dict[str, Any]:
    plain = ("id", "kind", "active", "sandbox", "base", "iban", "holder")
    hooks = row.kind in providers() and providers()[row.kind].has_webhooks
    return {name: getattr(row, name) for name in plain} | {
        "company": row.company.code,
        "has_secret_key": bool(row.secret_key),
        "has_webhook_secret": bool(row.webhook_secret),
        "webhook_url": own_address(f"/p/pay/hooks/{row.pk}") if hooks else "",
    }


def _step(row: ReminderStep) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("id", "after_days", *TEXTS, "active")}


def _rate(row: InterestRate) -> dict[str, Any]:
    return {"id": row.pk, "since": row.since, "percent": f"{row.percent:.2f}", "source": row.source}


def _cap(role: str, most: Decimal | None) -> dict[str, Any]:
    return {"role": role, "most": None if most is None else f"{most:.2f}"}
