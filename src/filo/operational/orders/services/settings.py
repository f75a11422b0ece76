"""Verbs about carriers and what is promised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.folding import clean_line
from filo.foundation.ids import uuid7
from filo.foundation.organisation.models import SellingCompany
from filo.operational.orders.models import Carrier, OrderPromise
from filo.operational.orders.models.settings import MOST_DAYS

NUMBER = "{number}"
FACTS: Mapping[str, Callable[[Any], Any]] = {
    "name": lambda text: clean_line(text, max_length=80),
    "address": lambda text: clean_line(text, max_length=200),
    "tracking": lambda text: clean_line(text, max_length=300),
    "position": lambda place: max(0, min(place, 999)),
    "active": bool,
}


def keep_carrier(principal: Principal, carrier: Carrier | None, *, version: int | None = None, **given: Any) -> Carrier:
    """A carrier, new or changed; what is not given stays as it is. `given`: name, address, tracking (an address with
    `{number}` in it, or nothing), position, active. version: the one that was read.

    Raises `Forbidden`, `InvalidFields`, `Stale`.
    """
    principal.require("settings", "edit")
    if unknown := given.keys() - set(FACTS):
        raise TypeError(f"no facts of a carrier: {sorted(unknown)}")
    with transaction.atomic():
        row = Carrier.objects.select_for_update().get(pk=carrier.pk) if carrier else Carrier(id=uuid7(), version=0)
        facts = {name: clean(given[name] if name in given else getattr(row, name)) for name, clean in FACTS.items()}
        before = {name: getattr(row, name) if carrier else None for name in FACTS}
        changes = {name: (before[name], value) for name, value in facts.items() if before[name] != value}
        if carrier and version is not None and version != row.version:
            raise Stale(changes, version=row.version)
        _refuse(row, facts)
        if changes:
            for name, value in facts.items():
                setattr(row, name, value)
            row.version += 1
            row.save()
            record(principal, "orders.carrier", kind="settings", object_id=row.pk, changes=changes)
    return row


def _refuse(row: Carrier, facts: Mapping[str, Any]) -> None:
    problems: dict[str, Any] = _tracking_problem(str(facts["tracking"]))
    if not facts["name"]:
        problems["name"] = _("Write its name.")
    elif Carrier.objects.filter(name__iexact=facts["name"]).exclude(pk=row.pk).exists():
        problems["name"] = _("There is a carrier of this name already.")
    if problems:
        raise InvalidFields(problems)


def _tracking_problem(tracking: str) -> dict[str, str]:
    if not tracking:
        return {}
    if NUMBER not in tracking:
        return {"tracking": _("Write {number} where the number of the parcel stands.")}
    try:
        URLValidator(schemes=["http", "https"])(tracking.replace(NUMBER, "1"))
    except ValidationError:
        return {"tracking": _("Write a whole address, beginning with https://.")}
    return {}


def keep_promise(
    principal: Principal, company: SellingCompany, *, days: int, version: int | None = None
) -> OrderPromise:
    """Within how many working days goods of a company arrive; orders that are confirmed keep their day.

    version: the one that was read, 0 where nothing was said yet. Raises `Forbidden`, `InvalidFields`, `Stale`.
    """
    principal.require("settings", "edit")
    if not 0 <= days <= MOST_DAYS:
        raise InvalidFields({"days": _("Write a number of days from 0 to %(most)s.") % {"most": MOST_DAYS}})
    with transaction.atomic():
        SellingCompany.objects.select_for_update().get(pk=company.pk)  # two who say it first come one after the other
        row = OrderPromise.objects.filter(company=company).first() or OrderPromise(company=company, version=0)
        before = row.days
        if version is not None and version != row.version:
            raise Stale({"days": (before, days)}, version=row.version)
        if before != days or not row.version:
            row.days, row.version = days, row.version + 1
            row.save()
        if before != days:
            changes = {"days": (before, days)}
            record(principal, "orders.promise", kind="settings", object_id=company.pk, changes=changes)
    return row
