"""Verbs about the firm's structure: found it, divide it into units."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.folding import clean_line
from filo.foundation.ids import uuid7
from filo.foundation.organisation.models import Firm, SellingCompany, Unit


def found_firm(*, name: str, company: str, scheme: str = "open", language: str = "it") -> SellingCompany:
    """The firm, its first selling company and its root unit: what everything else hangs on.

    Raises `DomainError` when the workspace has a firm already.
    """
    with transaction.atomic():
        if Firm.objects.exists():
            raise DomainError(_("This workspace belongs to a firm already."), code="firm-exists")
        Firm.objects.create(name=name[:120], visibility_scheme=scheme, language=language)
        new_unit(name=name, parent=None)
        return SellingCompany.objects.create(code=free_code(SellingCompany, company), name=company[:120])


def add_unit(principal: Principal, *, name: str, parent: Unit | None, code: str = "") -> Unit:
    """A unit under another. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        unit = new_unit(name=name, parent=parent, code=code)
        record(principal, "unit.add", kind="unit", object_id=unit.id, changes={"name": (None, unit.name)})
    return unit


def new_unit(*, name: str, parent: Unit | None, code: str = "") -> Unit:
    """The row of a new unit, with its place in the tree."""
    name = clean_line(name, max_length=120)
    if not name:
        raise InvalidFields({"name": _("A unit needs a name.")})
    key = uuid7()
    return Unit.objects.create(
        id=key,
        code=free_code(Unit, code or name),
        name=name,
        parent=parent,
        path=f"{parent.path if parent else ''}{key.hex}/",
    )


def free_code(model: type[Unit] | type[SellingCompany], wanted: str) -> str:
    """A code made of `wanted` that nothing else of this kind has."""
    base = slugify(wanted)[:50] or "x"
    taken = set(model._default_manager.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if code not in taken)
