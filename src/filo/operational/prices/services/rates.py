"""Rates of exchange: by hand, and as the European Central Bank publishes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.ids import uuid7
from filo.foundation.money import CURRENCIES
from filo.operational.prices.ecb import Told, read_rates
from filo.operational.prices.exchange import EURO
from filo.operational.prices.models import ExchangeRate


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file."""

    created: int
    changed: int
    unchanged: int
    latest: date


def set_rate(principal: Principal, currency: str, day: date, rate: Decimal) -> ExchangeRate:
    """Say what one euro bought of a currency on a day. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    if currency == EURO or currency not in CURRENCIES:
        raise InvalidFields({"currency": _("Choose a currency other than the euro.")})
    if not rate.is_finite() or not 0 < rate < Decimal(10) ** 12:
        raise InvalidFields({"rate": _("Say how much of it one euro buys: more than zero.")})
    _write(principal, [Told(currency, day, rate)], source="by hand")
    return ExchangeRate.objects.get(currency=currency, day=day)


def import_rates(principal: Principal, content: bytes) -> Imported:
    """Take in a file of the ECB's; the same again changes nothing. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    return _write(principal, read_rates(content), source="ECB")


def keep_rates(principal: Principal, told: Sequence[Told], *, source: str) -> Imported:
    """Take in rates that were read already. Raises `Forbidden`."""
    principal.require("settings", "edit")
    return _write(principal, told, source=source)


def _write(principal: Principal, told: Sequence[Told], *, source: str) -> Imported:
    wanted = {(one.currency, one.day): one.rate for one in told}
    first = min(day for _currency, day in wanted)
    with transaction.atomic():
        rows = ExchangeRate.objects.filter(day__gte=first).values_list("currency", "day", "rate")
        there = {(currency, day): rate for currency, day, rate in rows}
        changes = {key: rate for key, rate in wanted.items() if there.get(key) != rate}
        ExchangeRate.objects.bulk_create(
            [ExchangeRate(currency=key[0], day=key[1], rate=rate, source=source) for key, rate in changes.items()],
            batch_size=1000,
            update_conflicts=True,
            unique_fields=["currency", "day"],
            update_fields=["rate", "source"],
        )
        created = sum(key not in there for key in changes)
        latest = max(day for _currency, day in wanted)
        if changes:
            told_of: dict[str, tuple[object, object]] = {
                "rates": (None, len(changes)),
                "day": (None, latest),
                "source": (None, source),
            }
            if len(changes) == 1:
                (currency, _day), rate = next(iter(changes.items()))
                told_of |= {"currency": (None, currency), "rate": (there.get((currency, latest)), rate)}
            record(principal, "exchange-rate.import", kind="exchange-rate", object_id=uuid7(), changes=told_of)
    return Imported(created, len(changes) - created, len(wanted) - len(changes), latest)
