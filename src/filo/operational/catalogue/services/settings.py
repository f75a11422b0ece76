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
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.folding import clean_line
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


def save_vat(
    principal: Principal, found: VatClass | None, facts: Mapping[str, Any], *, version: int | None = None
) -> VatClass:
    """Make or change a class; what is not said stays. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    principal.require("settings", "edit")
    saved: VatClass = _save(principal, VatClass, found, facts, "vat", version)
    return saved


def _refuse_vat(row: VatClass) -> None:
    problems = {}
    if row.rate == 0 and not row.nature:
        problems["nature"] = _("Say why there is no VAT: choose a nature from N1 to N7.")
    if row.rate > 0 and row.nature:
        problems["nature"] = _("What has a rate has no nature.")
    if row.nature and row.nature not in dict(NATURES):
        problems["nature"] = _("There is no such nature.")
    if problems:
        raise InvalidFields(problems)


def save_place(
    principal: Principal, found: StockPlace | None, facts: Mapping[str, Any], *, version: int | None = None
) -> StockPlace:
    """Make or change a place; what is not said stays. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    principal.require("settings", "edit")
    saved: StockPlace = _save(principal, StockPlace, found, facts, "place", version)
    return saved


def _save(
    principal: Principal, model: type[Any], found: Any, facts: Mapping[str, Any], kind: str, version: int | None
) -> Any:
    clean = _clean(model, found, facts)
    with transaction.atomic():
        row = model.objects.select_for_update().get(pk=found.pk) if found else model(code=clean.pop("code"))
        changes = {
            name: (_plain(getattr(row, name)) if found else None, _plain(value))
            for name, value in clean.items()
            if not found or getattr(row, name) != value
        }
        if version is not None and version != row.version:
            raise Stale(changes, version=row.version)
        if not changes:
            return row
        for name, value in clean.items():
            setattr(row, name, value)
        if isinstance(row, VatClass):
            _refuse_vat(row)
        row.version += 1 if found else 0
        row.save()
        record(principal, f"{kind}.{'edit' if found else 'create'}", kind=kind, object_id=row.pk, changes=changes)
    return row


def _clean(model: type[Any], found: Any, facts: Mapping[str, Any]) -> dict[str, Any]:
    """A name, and for a new one a code that nothing else has: the one that was told, or one made of the name."""
    clean = dict(facts)
    problems = {}
    if "name" in clean or not found:
        clean["name"] = clean_line(str(clean.get("name") or ""), max_length=120)
        if not clean["name"]:
            problems["name"] = _("Give it a name.")
    if not found:
        code = clean.get("code")
        if code and model.objects.filter(code=code).exists():
            problems["code"] = _("There is one with this code already.")
        clean["code"] = code or _code(model, clean["name"])
    if problems:
        raise InvalidFields(problems)
    return clean


def _plain(value: Any) -> Any:
    return str(value.pk) if hasattr(value, "pk") else value


def _code(model: type[Any], name: str) -> str:
    stem = slugify(name)[:16] or "x"
    taken = set(model.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if code not in taken)
