"""Raw facts of a deal made clean, for form, API and verbs alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.accounts.models import User
from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.money import CURRENCIES, cents
from filo.operational.deals.models import ReferralCode
from filo.operational.parties.models import Party

MOST = Decimal("999999999999.99")
TEXTS = {"title": 200, "source": 80, "next_step": 200}
Facts = dict[str, Any]


def clean_facts(raw: Mapping[str, Any], *, party_id: UUID, currency: str = "EUR") -> Facts:
    """The clean values of what is named in `raw`. `currency` is the one that an amount alone is in.

    A referral code also tells who recommended us. Raises `InvalidFields`.
    """
    found: Facts = {}
    wrong: dict[str, Sentence | list[Sentence]] = {}
    for name, value in raw.items():
        try:
            found |= _CLEAN[name](name, value, party_id)
        except ValueError as error:
            wrong[name.removesuffix("_id")] = str(error)
    if wrong:
        raise InvalidFields(wrong)
    if "amount" in found:
        found["amount"] = cents(found["amount"], found.get("currency", currency))
    return found


def _text(name: str, value: Any, _party: UUID) -> Facts:
    text = clean_line(str(value or ""), max_length=TEXTS[name])
    if name == "title" and not text:
        raise ValueError(_("Say what the deal is about."))
    return {name: text}


def _description(name: str, value: Any, _party: UUID) -> Facts:
    return {name: clean_text(str(value or ""), max_length=20_000)}


def _amount(name: str, value: Any, _party: UUID) -> Facts:
    try:
        found = Decimal(str(value if value is not None else 0))
    except InvalidOperation:
        raise ValueError(_("Write an amount, such as 1250.50.")) from None
    if not found.is_finite() or found < 0:
        raise ValueError(_("An amount is not below zero."))
    if found > MOST:
        raise ValueError(_("That is more than can be kept."))
    return {name: found}


def _currency(name: str, value: Any, _party: UUID) -> Facts:
    if value not in CURRENCIES:
        raise ValueError(_("Choose a currency, such as EUR."))
    return {name: value}


def _probability(name: str, value: Any, _party: UUID) -> Facts:
    if value in (None, ""):
        return {name: None}
    if not 0 <= int(value) <= 100:
        raise ValueError(_("A probability is between 0 and 100 %."))
    return {name: int(value)}


def _day(name: str, value: Any, _party: UUID) -> Facts:
    if value is not None and not (isinstance(value, date) and 1990 <= value.year <= 2200):
        raise ValueError(_("Choose a day."))
    return {name: value}


def _owner(name: str, value: Any, _party: UUID) -> Facts:
    if value and not User.objects.filter(pk=value, is_active=True).exists():
        raise ValueError(_("Choose somebody who works here."))
    return {name: value or None}


def _contact(name: str, value: Any, party: UUID) -> Facts:
    if value and (value == party or not Party.objects.filter(pk=value, kind="person", deleted_at=None).exists()):
        raise ValueError(_("Choose a person of this customer."))
    return {name: value or None}


def _referral(name: str, value: Any, party: UUID) -> Facts:
    text = clean_line(str(value or ""), max_length=20).upper().replace(" ", "")
    if not text:
        return {name: "", "referred_by_id": None}
    code = ReferralCode.objects.filter(code=text).first()
    if code is None:
        raise ValueError(_("Nobody has this code."))
    if code.party_id == party:
        raise ValueError(_("A customer cannot recommend himself."))
    return {name: text, "referred_by_id": code.party_id}


def _row(name: str, value: Any, _party: UUID) -> Facts:
    return {name: value or None}


_CLEAN: dict[str, Callable[[str, Any, UUID], Facts]] = {
    **dict.fromkeys(TEXTS, _text),
    "description": _description,
    "amount": _amount,
    "currency": _currency,
    "probability": _probability,
    "close_date": _day,
    "next_on": _day,
    "owner_id": _owner,
    "contact_id": _contact,
    "referral_code": _referral,
    **dict.fromkeys(("area_id", "channel_id", "product_line_id", "company_id"), _row),
}
