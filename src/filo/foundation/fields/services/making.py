"""Verbs about fields: make one, change it, put them in order, retire one and bring it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import Changes, record
from filo.foundation.errors import DomainError, InvalidFields, NotFound, Stale
from filo.foundation.events.services import announce
from filo.foundation.fields.drafts import clean_field, code_of
from filo.foundation.fields.events import FieldBroughtBack, FieldChanged, FieldMade, FieldRetired
from filo.foundation.fields.models import CustomField
from filo.foundation.fields.queries import choices_in_use, has_values
from filo.foundation.organisation.models import Firm

MOST_FIELDS = 100
Told = Callable[..., Any]


def make_field(principal: Principal, entity: str, facts: Mapping[str, Any]) -> CustomField:
    """A new field at the end of its entity's; its code is made from its name where none is given, and never changes.

    `facts`: code, label_it, label_en, hint, kind, choices, currency, required (see `CustomField`). Raises `Forbidden`,
    `InvalidFields`, and `DomainError` when there are too many.
    """
    principal.require("settings", "edit")
    wanted = clean_field(entity, facts)
    with transaction.atomic():
        list(Firm.objects.select_for_update())  # one at a time: no code and no place is given twice
        there = list(CustomField.objects.filter(entity=entity))
        if len(there) >= MOST_FIELDS:
            raise DomainError(_("There are a hundred fields already. Do without one first."), code="too-many-fields")
        code = code_of({**wanted, "code": facts.get("code")}, {field.code for field in there})
        place = max((field.place for field in there), default=-1) + 1
        field = CustomField.objects.create(entity=entity, code=code, place=place, **wanted)
        _tell(principal, field, "make", {name: (None, value) for name, value in wanted.items()}, FieldMade)
    return field


def change_field(
    principal: Principal, field: CustomField, facts: Mapping[str, Any], *, version: int | None
) -> CustomField:
    """Change everything but the code; the kind only while nothing was written in it.

    Raises `Forbidden`, `InvalidFields`, `Stale`, `NotFound`.
    """
    principal.require("settings", "edit")
    with transaction.atomic():
        locked = _locked(field)
        wanted = clean_field(locked.entity, facts, before=locked.choices)
        if wanted["kind"] != locked.kind and has_values(locked):
            raise InvalidFields({"kind": _("Something is written in this field already, so its kind stays.")})
        _refuse_lost_choices(locked, wanted)
        changes = {name: (getattr(locked, name), value) for name, value in wanted.items()}
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        if version is not None and version != locked.version:
            raise Stale(changes, version=locked.version)
        if changes:
            _write(locked, wanted)
            _tell(principal, locked, "change", changes, FieldChanged)
    return locked


def retire_field(principal: Principal, field: CustomField) -> CustomField:
    """Show it no longer and ask for it no longer; its values are kept. Raises `Forbidden`, `NotFound`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        locked = _locked(field)
        if locked.retired_at is None:
            moment = clock.now()
            _write(locked, {"retired_at": moment})
            _tell(principal, locked, "retire", {"retired_at": (None, moment)}, FieldRetired)
    return locked


def bring_back(principal: Principal, field: CustomField) -> CustomField:
    """Show a retired field again, with what was written in it. Raises `Forbidden`, `NotFound`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        locked = _locked(field)
        if locked.retired_at is not None:
            changes = {"retired_at": (locked.retired_at, None)}
            _write(locked, {"retired_at": None})
            _tell(principal, locked, "bring-back", changes, FieldBroughtBack)
    return locked


def move_field(principal: Principal, field: CustomField, *, up: bool) -> None:
    """Put one a place higher or lower among those that are shown. Raises `Forbidden`, `NotFound`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        rows = list(CustomField.objects.select_for_update().filter(entity=field.entity))
        shown = [row for row in rows if row.retired_at is None]
        here = next((place for place, row in enumerate(shown) if row.pk == field.pk), None)
        if here is None:
            raise NotFound
        there = here + (-1 if up else 1)
        if not 0 <= there < len(shown):
            return
        shown[here], shown[there] = shown[there], shown[here]
        retired = [row for row in rows if row.retired_at is not None]
        for place, row in enumerate([*shown, *retired]):
            if row.place != place:
                CustomField.objects.filter(pk=row.pk).update(place=place)
        _tell(principal, field, "move", {"place": (here, there)}, FieldChanged)


def _locked(field: CustomField) -> CustomField:
    found = CustomField.objects.select_for_update().filter(pk=field.pk).first()
    if found is None:
        raise NotFound
    return found


def _refuse_lost_choices(field: CustomField, wanted: Mapping[str, Any]) -> None:
    """A choice that somebody chose may be retired, not taken away."""
    if not field.has_choices:
        return
    lost = choices_in_use(field) - {row["code"] for row in wanted["choices"]}
    if lost:
        names = ", ".join(field.labels[code] for code in sorted(lost))
        raise InvalidFields(
            {"choices": _("%(names)s: already chosen for somebody. Retire it instead.") % {"names": names}}
        )


def _write(field: CustomField, wanted: Mapping[str, Any]) -> None:
    for name, value in wanted.items():
        setattr(field, name, value)
    field.version += 1
    field.save(update_fields=[*wanted, "version"])


def _tell(principal: Principal, field: CustomField, verb: str, changes: Changes, event: Told) -> None:
    record(principal, f"field.{verb}", kind="field", object_id=field.id, changes=changes)
    announce(principal, event(field=field.id, entity=field.entity, code=field.code))
