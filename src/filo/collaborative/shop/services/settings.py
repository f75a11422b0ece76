"""The shop is set up: which company sells, whether it is open, how goods travel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.shop.models import ShippingWay, Shop
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.jobs.services import enqueue


def save_shop(principal: Principal, facts: Mapping[str, Any], *, version: int | None = None) -> Shop:
    """Set it up or change it; its offers are reckoned right after. Raises `Forbidden`, `InvalidFields`, and `Stale`
    when it was changed since the `version` that the writer had read.
    """
    principal.require("settings", "edit")
    if facts["open"] and not (facts.get("terms_it") or facts.get("terms_en")):
        raise InvalidFields({"terms_it": _("Write the terms of sale before the shop opens: buyers agree to them.")})
    with transaction.atomic():
        row = Shop.objects.select_for_update().first()
        is_new = row is None
        row = row or Shop()
        changed = _change(row, facts, version=version, is_new=is_new)
        if changed:
            row.version += 0 if is_new else 1
            row.save()
            record(principal, "shop.edit", kind="settings", object_id=row.pk, changes=changed)
            enqueue("shop.keep_all_offers")
    return row


def save_shipping(
    principal: Principal, found: ShippingWay | None, facts: Mapping[str, Any], *, version: int | None = None
) -> ShippingWay:
    """Make or change a way of shipping. Raises `Forbidden`, and `Stale` as `save_shop`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        row = ShippingWay.objects.select_for_update().get(pk=found.pk) if found else ShippingWay()
        changed = _change(row, facts, version=version, is_new=found is None)
        if changed:
            row.version += 0 if found is None else 1
            row.save()
            record(principal, "shop.shipping", kind="settings", object_id=row.pk, changes=changed)
    return row


def _change(
    row: Shop | ShippingWay, facts: Mapping[str, Any], *, version: int | None, is_new: bool
) -> dict[str, tuple[Any, Any]]:
    changed = {}
    for name, value in facts.items():
        before = None if is_new else getattr(row, name)
        if before != value:
            changed[name] = (_plain(before), _plain(value))
            setattr(row, name, value)
    if changed and not is_new and version is not None and version != row.version:
        raise Stale(changed, version=row.version)
    return changed


def _plain(value: Any) -> Any:
    return str(value.pk) if hasattr(value, "pk") else value
