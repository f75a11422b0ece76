"""Verbs about carriers and what is promised."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.folding import clean_line
from filo.foundation.ids import uuid7
from filo.foundation.organisation.models import SellingCompany
from filo.operational.orders.models import Carrier, OrderPromise
from filo.operational.orders.models.settings import MOST_DAYS, PROMISED_DAYS

NUMBER = "{number}"


def keep_carrier(
    principal: Principal,
    carrier: Carrier | None,
    *,
    name: str,
    address: str = "",
    tracking: str = "",
    position: int = 0,
    active: bool = True,
) -> Carrier:
    """A carrier, new or changed. tracking: an address with `{number}` in it, or nothing.

    Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("settings", "edit")
    facts = {
        "name": clean_line(name, max_length=80),
        "address": clean_line(address, max_length=200),
        "tracking": clean_line(tracking, max_length=300),
        "position": max(0, min(position, 999)),
        "active": active,
    }
    problems = _tracking_problem(str(facts["tracking"]))
    if not facts["name"]:
        problems["name"] = _("Write its name.")
    with transaction.atomic():
        row = Carrier.objects.select_for_update().get(pk=carrier.pk) if carrier else Carrier(id=uuid7())
        if Carrier.objects.filter(name__iexact=facts["name"]).exclude(pk=row.pk).exists():
            problems["name"] = _("There is a carrier of this name already.")
        if problems:
            raise InvalidFields(dict(problems))
        changes = {
            name: (getattr(row, name) if carrier else None, value)
            for name, value in facts.items()
            if carrier is None or getattr(row, name) != value
        }
        for name, value in facts.items():
            setattr(row, name, value)
        if changes:
            row.save()
            record(principal, "orders.carrier", kind="settings", object_id=row.pk, changes=changes)
    return row


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


def keep_promise(principal: Principal, company: SellingCompany, *, days: int) -> OrderPromise:
    """Within how many working days goods of a company arrive; orders that are confirmed keep their day.

    Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("settings", "edit")
    if not 0 <= days <= MOST_DAYS:
        raise InvalidFields({"days": _("Write a number of days from 0 to %(most)s.") % {"most": MOST_DAYS}})
    with transaction.atomic():
        row = OrderPromise.objects.select_for_update().filter(company=company).first()
        before = row.days if row else PROMISED_DAYS
        row = row or OrderPromise(company=company)
        row.days = days
        row.save()
        if before != days:
            changes = {"days": (before, days)}
            record(principal, "orders.promise", kind="settings", object_id=company.pk, changes=changes)
    return row
