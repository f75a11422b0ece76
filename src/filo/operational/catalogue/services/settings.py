"""VAT classes and stock places are set up; a firm in Italy finds its classes ready."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.operational.catalogue.models import StockPlace, VatClass
from filo.operational.catalogue.natures import NATURES, READY


def make_ready_vat(principal: Principal) -> int:
    """The rates and the reasons for none of Italian law, those that are not there yet; gives how many were made."""
    known = set(VatClass.objects.values_list("code", flat=True))
    new = [
        VatClass(code=code, name=name, rate=Decimal(rate), nature=nature, law=law, position=place, active=used)
        for place, (code, name, rate, nature, law, used) in enumerate(READY)
        if code not in known
    ]
    with transaction.atomic():
        VatClass.objects.bulk_create(new)
        for one in new:
            record(principal, "vat.create", kind="vat", object_id=one.pk, changes={"name": (None, one.name)})
    return len(new)


def save_vat(principal: Principal, found: VatClass | None, facts: Mapping[str, Any]) -> VatClass:
    """Make or change a class. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    problems = {}
    rate, nature = facts["rate"], facts.get("nature", "")
    if rate == 0 and not nature:
        problems["nature"] = _("Say why there is no VAT: choose a nature from N1 to N7.")
    if rate > 0 and nature:
        problems["nature"] = _("What has a rate has no nature.")
    if nature and nature not in dict(NATURES):
        problems["nature"] = _("There is no such nature.")
    if problems:
        raise InvalidFields(problems)
    saved: VatClass = _save(principal, VatClass, found, facts, "vat")
    return saved


def save_place(principal: Principal, found: StockPlace | None, facts: Mapping[str, Any]) -> StockPlace:
    """Make or change a place. Raises `Forbidden`."""
    principal.require("settings", "edit")
    saved: StockPlace = _save(principal, StockPlace, found, facts, "place")
    return saved


def _save(principal: Principal, model: type[Any], found: Any, facts: Mapping[str, Any], kind: str) -> Any:
    with transaction.atomic():
        row = model.objects.select_for_update().get(pk=found.pk) if found else model(code=_code(model, facts["name"]))
        before = {name: getattr(row, name) if found else None for name in facts}
        changes = {
            name: (_plain(before[name]), _plain(value)) for name, value in facts.items() if before[name] != value
        }
        if not changes:
            return row
        for name, value in facts.items():
            setattr(row, name, value)
        row.save()
        record(principal, f"{kind}.{'edit' if found else 'create'}", kind=kind, object_id=row.pk, changes=changes)
    return row


def _plain(value: Any) -> Any:
    return str(value.pk) if hasattr(value, "pk") else value


def _code(model: type[Any], name: str) -> str:
    stem = slugify(name)[:16] or "x"
    taken = set(model.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if code not in taken)
