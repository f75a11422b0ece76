"""Verbs about the firm and its units: found it, divide it as a tree."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError, Value
from django.db.models.functions import Concat, Substr
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.access.services import make_ready_roles
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields, NotFound
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.foundation.ids import uuid7
from filo.foundation.organisation.events import UnitAdded, UnitDeleted, UnitEdited
from filo.foundation.organisation.founding import hooks
from filo.foundation.organisation.models import Firm, Named, SellingCompany, Unit
from filo.foundation.organisation.queries import is_in_use
from filo.foundation.organisation.saving import changes_of, store


def found_firm(*, name: str, company: str, scheme: str = "open", language: str = "it") -> SellingCompany:
    """The firm, its first selling company, its root unit, the ready roles and what apps add at founding.

    Raises `DomainError` when the workspace has a firm already.
    """
    with transaction.atomic():
        if Firm.objects.exists():
            raise DomainError(_("This workspace belongs to a firm already."), code="firm-exists")
        firm = Firm.objects.create(name=name[:120], visibility_scheme=scheme, language=language)
        new_unit(name=name, parent=None)
        found = SellingCompany.objects.create(code=free_code(SellingCompany, company), name=company[:120])
        make_ready_roles()
        for hook in hooks():
            hook(firm)
    return found


def add_unit(principal: Principal, *, name: str, parent: Unit | None, code: str = "") -> Unit:
    """A unit under another. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        list(Unit.objects.select_for_update().order_by("pk"))  # nobody moves the parent meanwhile
        if parent is not None:
            parent = Unit.objects.get(pk=parent.pk)
        if code:
            _refuse_taken(code, but=None)
        unit = new_unit(name=name, parent=parent, code=code)
        record(principal, "unit.add", kind="unit", object_id=unit.id, changes={"name": (None, unit.name)})
        announce(principal, UnitAdded(unit=unit.id))
    return unit


def new_unit(*, name: str, parent: Unit | None, code: str = "") -> Unit:
    """The row of a new unit, with its place in the tree."""
    name = _unit_name(name)
    key = uuid7()
    return Unit.objects.create(
        id=key,
        code=free_code(Unit, code or name),
        name=name,
        parent=parent,
        path=f"{parent.path if parent else ''}{key.hex}/",
    )


def edit_unit(
    principal: Principal, unit: Unit, *, version: int, name: str, parent: Unit | None, code: str = ""
) -> Unit:
    """Rename a unit, or put it (and all that is below it) under another.

    Who sees what by unit follows at the next request. Raises `Forbidden`, `InvalidFields` (also for a place
    below itself), `Stale`.
    """
    principal.require("settings", "edit")
    name = _unit_name(name)
    with transaction.atomic():
        tree = {row.pk: row for row in Unit.objects.select_for_update().order_by("pk")}
        locked = tree.get(unit.pk)
        above = tree.get(parent.pk) if parent else None
        if locked is None or (parent and above is None):
            raise NotFound
        code = slugify(code)[:60] or locked.code
        _refuse_taken(code, but=locked)
        _refuse_cycle(locked, above)
        wanted = {"name": name, "code": code, "parent_id": above.pk if above else None}
        changes = changes_of(locked, wanted, version)
        if changes:
            store(locked, wanted)
            if "parent_id" in changes:
                _rewrite_paths(locked, above)
            record(principal, "unit.edit", kind="unit", object_id=locked.id, changes=changes)
            announce(principal, UnitEdited(unit=locked.id))
    return locked


def delete_unit(principal: Principal, unit: Unit) -> None:
    """Take away a unit that nothing refers to. Raises `Forbidden`, and `DomainError` while something does."""
    principal.require("settings", "edit")
    with transaction.atomic():
        locked = Unit.objects.select_for_update().filter(pk=unit.pk).first()
        if locked is None:
            raise NotFound
        if locked.parent_id is None:
            raise DomainError(_("The root of the tree stays."), code="root-unit")
        delete_unused(locked)
        record(principal, "unit.delete", kind="unit", object_id=unit.id, changes={"name": (unit.name, None)})
        announce(principal, UnitDeleted(unit=unit.id))


def delete_unused(row: Unit | Named) -> None:
    """Delete a row of the structure; raises `DomainError` with a sentence while anything refers to it."""
    sentence = _("%(name)s is in use: move what belongs to it first.") % {"name": row.name}
    if is_in_use(row):
        raise DomainError(sentence, code="in-use")
    try:
        row.delete()
    except ProtectedError:  # somebody began to use it between the look and the act
        raise DomainError(sentence, code="in-use") from None


def free_code(model: type[Unit] | type[Named], wanted: str) -> str:
    """A code made of `wanted` that nothing else of this kind has."""
    base = slugify(wanted)[:50] or "x"
    taken = set(model._default_manager.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if code not in taken)


def _unit_name(name: str) -> str:
    found = clean_line(name, max_length=120)
    if not found:
        raise InvalidFields({"name": _("A unit needs a name.")})
    return found


def _refuse_taken(code: str, *, but: Unit | None) -> None:
    taken = Unit.objects.filter(code=slugify(code)[:60])
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    if taken.exists():
        raise InvalidFields({"code": _("Another unit has this code.")})


def _refuse_cycle(unit: Unit, above: Unit | None) -> None:
    if above is None and unit.parent_id is not None:
        raise InvalidFields({"parent": _("Choose the unit it stands under.")})
    if above is not None and above.path.startswith(unit.path):
        raise InvalidFields({"parent": _("A unit cannot stand under itself, nor under one of its own.")})


def _rewrite_paths(unit: Unit, above: Unit | None) -> None:
    before = unit.path
    after = f"{above.path if above else ''}{unit.pk.hex}/"
    rest = Substr("path", len(before) + 1)
    Unit.objects.filter(path__startswith=before).update(path=Concat(Value(after), rest))
    unit.path = after
