"""Verbs about how money is taken and customers are reminded."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation import clock, egress
from filo.foundation.access.models import Role
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields, Sentence
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.ids import uuid7
from filo.foundation.organisation.models import SellingCompany
from filo.operational.payments.bank.lines import is_iban
from filo.operational.payments.models import InterestRate, ProviderAccount, RefundCap, ReminderStep
from filo.operational.payments.providers.contract import providers
from filo.operational.payments.queries.reminding import unknown_tags
from filo.operational.payments.sealing import KEYS
from filo.operational.payments.services.dues import MOST

TEXTS = ("subject_it", "text_it", "subject_en", "text_en")
MOST_DAYS = 999
STEP_THERE = gettext_lazy("There is a step of this day already.")
MEANWHILE = gettext_lazy("Somebody else changed this meanwhile. Nothing was overwritten: read it again.")


def keep_account(
    principal: Principal,
    company: SellingCompany,
    *,
    kind: str,
    sandbox: bool = False,
    base: str = "",
    secret_key: str = "",
    webhook_secret: str = "",
    iban: str = "",
    holder: str = "",
    active: bool = True,
) -> ProviderAccount:
    """How a company takes money with a kind of provider; an empty secret stays as it is.

    A sandbox makes secrets of its own. Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("settings", "edit")
    if kind not in providers():
        raise InvalidFields({"kind": _("Choose one of: %(names)s.") % {"names": ", ".join(providers())}})
    iban = iban.replace(" ", "").upper()
    if iban and not is_iban(iban):
        raise InvalidFields({"iban": _("The check digits of this IBAN do not hold: look for a slip.")})
    if kind == "bank_transfer" and not iban:
        raise InvalidFields({"iban": _("Write the IBAN that customers send money to.")})
    if base:
        try:
            egress.check_url(base)
        except DomainError as error:
            raise InvalidFields({"base": str(error)}) from error
    with transaction.atomic():
        row = ProviderAccount.objects.select_for_update().filter(company=company, kind=kind).first()
        row = row or ProviderAccount(company=company, kind=kind, created_at=clock.now())
        if sandbox:
            secret_key = secret_key or ("" if row.secret_key else f"sk_test_{secrets.token_hex(16)}")
            webhook_secret = webhook_secret or ("" if row.webhook_secret else f"whsec_{secrets.token_hex(16)}")
        row.sandbox, row.base, row.iban, row.active = sandbox, base.strip()[:300], iban, active
        row.holder = clean_line(holder, max_length=120)
        row.secret_key = KEYS.close_text(secret_key.strip()) if secret_key.strip() else row.secret_key
        row.webhook_secret = KEYS.close_text(webhook_secret.strip()) if webhook_secret.strip() else row.webhook_secret
        if kind == "card" and not (row.secret_key and row.webhook_secret):
            raise InvalidFields({"secret_key": _("Both secrets are needed: they stand in the provider's dashboard.")})
        _store(row, {"kind": MEANWHILE})
        changes = {"kind": (None, kind), "sandbox": (None, sandbox), "active": (None, active)}
        record(principal, "payments.account", kind="settings", object_id=row.pk, changes=changes)
    return row


def change_account(principal: Principal, account: ProviderAccount, changes: Mapping[str, Any]) -> ProviderAccount:
    """Change some of an account by the names of `keep_account`; the rest stays. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        row = ProviderAccount.objects.select_for_update(of=("self",)).select_related("company").get(pk=account.pk)
        facts = {name: getattr(row, name) for name in ("sandbox", "base", "iban", "holder", "active")}
        return keep_account(principal, row.company, kind=row.kind, **{**facts, **changes})


def change_step(principal: Principal, step: ReminderStep, changes: Mapping[str, Any]) -> ReminderStep:
    """Change some of a step by the names of `keep_step`; the rest stays. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        row = ReminderStep.objects.select_for_update().get(pk=step.pk)
        facts = {name: getattr(row, name) for name in ("after_days", *TEXTS, "active")}
        return keep_step(principal, row, **{**facts, **changes})


def keep_step(
    principal: Principal,
    step: ReminderStep | None,
    *,
    after_days: int,
    subject_it: str,
    text_it: str,
    subject_en: str,
    text_en: str,
    active: bool = True,
) -> ReminderStep:
    """A step of reminding. Raises `Forbidden`, `InvalidFields` for a merge tag that means nothing."""
    principal.require("settings", "edit")
    if not 1 <= after_days <= MOST_DAYS:
        raise InvalidFields({"after_days": _("Write a number of days between 1 and %(most)s.") % {"most": MOST_DAYS}})
    texts = {"subject_it": subject_it, "text_it": text_it, "subject_en": subject_en, "text_en": text_en}
    for name, text in texts.items():
        if not text.strip():
            raise InvalidFields({name: _("A reminder needs its subject and its text in both languages.")})
        if wrong := unknown_tags(text):
            raise InvalidFields({name: _("There is no word {{ %(name)s }} to fill in.") % {"name": wrong[0]}})
    with transaction.atomic():
        others = ReminderStep.objects.filter(after_days=after_days)
        if (others.exclude(pk=step.pk) if step else others).exists():
            raise InvalidFields({"after_days": STEP_THERE})
        row = step or ReminderStep(id=uuid7())
        for name, text in texts.items():
            limit = 200 if name.startswith("subject") else 5000
            setattr(row, name, (clean_line if limit == 200 else clean_text)(text, max_length=limit))
        row.after_days, row.active = after_days, active
        _store(row, {"after_days": STEP_THERE})
        changes = {"after_days": (None, after_days)}
        record(principal, "payments.step", kind="settings", object_id=row.pk, changes=changes)
    return row


def keep_rate(principal: Principal, *, since: date, percent: Decimal, source: str) -> InterestRate:
    """The yearly rate from a day on. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    if not percent.is_finite() or not 0 <= percent < 100:
        raise InvalidFields({"percent": _("Write a rate between 0 and 100.")})
    said = clean_line(source, max_length=200)
    if not said:
        raise InvalidFields({"source": _("Say where the rate is from: the notice in the Gazzetta Ufficiale.")})
    with transaction.atomic():
        row = InterestRate.objects.select_for_update().filter(since=since).first()
        row = row or InterestRate(since=since, percent=percent)
        changes = {"percent": (row.percent, percent)}
        row.percent, row.source = percent, said
        _store(row, {"since": MEANWHILE})
        record(principal, "payments.rate", kind="settings", object_id=row.pk, changes=changes)
    return row


def keep_cap(principal: Principal, *, role: str, most: Decimal | None) -> None:
    """How much a role may give back of a payment without asking; None: as much as it likes.

    Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("settings", "edit")
    if most is not None and not (most.is_finite() and 0 <= most < MOST):
        raise InvalidFields({"most": _("Write an amount: 1.234,56.")})
    if most is not None and not Role.objects.filter(code=role).exists():
        raise InvalidFields({"role": _("There is no role of this code.")})
    with transaction.atomic():
        row = RefundCap.objects.select_for_update().filter(role=role).first()
        before = row.most if row else None
        if before == most:
            return
        row = row or RefundCap(role=role)
        key = row.pk
        if most is None:
            row.delete()
        else:
            row.most = most
            _store(row, {"role": MEANWHILE})
        record(principal, "payments.refund-cap", kind="settings", object_id=key, changes={role: (before, most)})


def _store(row: Model, refusal: Mapping[str, Sentence]) -> None:
    """Save a row; where somebody else made the same in this very moment, that is said."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise InvalidFields(refusal) from None
