"""Verbs about companies, areas, channels and product lines: add, change, put in order, take away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields, NotFound, Stale
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.foundation.italy.errors import InvalidIdentity
from filo.foundation.italy.tax import clean_vat
from filo.foundation.organisation.events import DimensionAdded, DimensionDeleted, DimensionEdited
from filo.foundation.organisation.kinds import Kind
from filo.foundation.organisation.models import Named, SellingCompany
from filo.foundation.organisation.services import delete_unused, free_code


def add_dimension(principal: Principal, kind: Kind, fields: Mapping[str, Any]) -> Named:
    """A new one at the end of the list; without a code it gets one from its name.

    `fields`: name, code, default_unit and those of the kind; odd_vat: the VAT number is kept although no office can
    have given it out. Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("settings", "edit")
    with transaction.atomic():
        facts = _cleaned(kind, fields, but=None)
        last = kind.model._default_manager.order_by("-position").first()
        facts["code"] = facts["code"] or free_code(kind.model, facts["name"])
        row = kind.model._default_manager.create(**facts, position=last.position + 1 if last else 0)
        told = {name: (None, _told(value)) for name, value in facts.items()}
        record(principal, f"{kind.code}.add", kind=kind.code, object_id=row.id, changes=told)
        announce(principal, DimensionAdded(kind=kind.code, id=row.id))
    return row


def edit_dimension(principal: Principal, kind: Kind, row: Named, *, version: int, fields: Mapping[str, Any]) -> Named:
    """Change one. Raises `Forbidden`, `InvalidFields`, and `Stale` when somebody saved first."""
    principal.require("settings", "edit")
    with transaction.atomic():
        locked = kind.model._default_manager.select_for_update().get(pk=row.pk)
        facts = _cleaned(kind, fields, but=locked)
        facts["code"] = facts["code"] or locked.code
        changes = {
            name: (_told(getattr(locked, name)), _told(value))
            for name, value in facts.items()
            if getattr(locked, name) != value
        }
        if version != locked.version:
            seen = {name: (getattr(locked, name), facts[name]) for name in changes}
            raise Stale(seen, version=locked.version)
        if changes:
            for name, value in facts.items():
                setattr(locked, name, value)
            locked.version += 1
            locked.save()
            record(principal, f"{kind.code}.edit", kind=kind.code, object_id=locked.id, changes=changes)
            announce(principal, DimensionEdited(kind=kind.code, id=locked.id))
    return locked


def move_dimension(principal: Principal, kind: Kind, row: Named, *, up: bool) -> None:
    """Put one a place higher or lower in its list. Raises `Forbidden`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        rows = list(kind.model._default_manager.select_for_update())
        here = next((place for place, found in enumerate(rows) if found.pk == row.pk), None)
        if here is None:
            raise NotFound
        there = here + (-1 if up else 1)
        if not 0 <= there < len(rows):
            return
        rows[here], rows[there] = rows[there], rows[here]
        for place, found in enumerate(rows):
            if found.position != place:
                kind.model._default_manager.filter(pk=found.pk).update(position=place)
        record(
            principal,
            f"{kind.code}.move",
            kind=kind.code,
            object_id=row.id,
            changes={"position": (here, there)},
        )
        announce(principal, DimensionEdited(kind=kind.code, id=row.id))


def delete_dimension(principal: Principal, kind: Kind, row: Named) -> None:
    """Take away one that nothing refers to. Raises `Forbidden`, and `DomainError` while something does."""
    principal.require("settings", "edit")
    with transaction.atomic():
        locked = kind.model._default_manager.select_for_update().filter(pk=row.pk).first()
        if locked is None:
            raise NotFound
        if kind.model is SellingCompany and SellingCompany.objects.count() == 1:
            raise DomainError(_("The last company stays: without one nothing can be sold."), code="last-company")
        delete_unused(locked)
        gone = {"name": (row.name, None), "code": (row.code, None)}
        record(principal, f"{kind.code}.delete", kind=kind.code, object_id=row.id, changes=gone)
        announce(principal, DimensionDeleted(kind=kind.code, id=row.id))


def _cleaned(kind: Kind, fields: Mapping[str, Any], *, but: Named | None) -> dict[str, Any]:
    facts = {
        "name": clean_line(str(fields.get("name", "")), max_length=120),
        "code": slugify(str(fields.get("code", "")))[:60],
        "default_unit": fields.get("default_unit"),
        **{name: fields.get(name) for name in kind.fields},
    }
    wrong = {}
    if not facts["name"]:
        wrong["name"] = _("This needs a name.")
    same = kind.model._default_manager.filter(code=facts["code"])
    if but is not None:
        same = same.exclude(pk=but.pk)
    if facts["code"] and same.exists():
        wrong["code"] = _("Another one has this code.")
    if "company" in facts and facts["company"] is None:
        wrong["company"] = _("Choose the company that sells it.")
    if "legal_name" in facts:
        facts["legal_name"] = clean_line(str(facts["legal_name"] or ""), max_length=200)
    if facts.get("vat_number"):
        try:
            facts["vat_number"] = clean_vat(str(facts["vat_number"]), odd_too=bool(fields.get("odd_vat")))
        except InvalidIdentity as error:
            wrong["vat_number"] = str(error)
    if wrong:
        raise InvalidFields(wrong)
    return facts


def _told(value: Any) -> Any:
    return str(value.pk) if hasattr(value, "pk") else value
