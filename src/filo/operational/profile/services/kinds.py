"""The kinds of facts: the ready ones, and the verbs by which a firm makes them its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.operational.profile.models import TYPES, TraitKind
from filo.operational.profile.ready import READY

MOST_CHOICES = 100


def make_ready_kinds() -> None:
    """The ready kinds, made where they are missing; what the firm changed stays."""
    with transaction.atomic():
        kept = set(TraitKind.objects.values_list("code", flat=True))
        TraitKind.objects.bulk_create(
            [_ready(code, place) for place, code in enumerate(READY, start=1) if code not in kept],
            ignore_conflicts=True,
        )


def kind_coded(code: str) -> TraitKind:
    """The kind with this code; a ready one is made when it is first needed. Raises `InvalidFields` at `kind`."""
    found = TraitKind.objects.filter(code=code).first()
    if found is None and code in READY:
        place = list(READY).index(code) + 1
        TraitKind.objects.bulk_create([_ready(code, place)], ignore_conflicts=True)
        found = TraitKind.objects.get(code=code)
    if found is None or not found.active:
        raise InvalidFields({"kind": _("There is no such kind of fact in use.")})
    return found


def _ready(code: str, place: int) -> TraitKind:
    ready = READY[code]
    return TraitKind(
        code=code,
        label_it=ready.label_it,
        label_en=ready.label_en,
        type=ready.type,
        many=ready.many,
        choices=[list(row) for row in ready.choices],
        position=place,
    )


def add_kind(
    principal: Principal,
    *,
    label_it: str,
    label_en: str = "",
    type: str = "text",
    choices: Sequence[Sequence[str]] = (),
    many: bool = False,
) -> TraitKind:
    """One more kind of fact. choices: (code, Italian, English). Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    _check(label_it, type, choices)
    with transaction.atomic():
        found = TraitKind.objects.create(
            code=_free_code(label_en or label_it),
            label_it=label_it.strip(),
            label_en=(label_en or label_it).strip(),
            type=type,
            choices=[list(row) for row in choices] if type == "choice" else [],
            many=many,
            position=TraitKind.objects.count() + 1,
        )
        changes = {"label_it": (None, found.label_it), "type": (None, type)}
        record(principal, "trait-kind.add", kind="trait-kind", object_id=found.pk, changes=changes)
    return found


def edit_kind(
    principal: Principal,
    kind: TraitKind,
    *,
    label_it: str,
    label_en: str,
    choices: Sequence[Sequence[str]],
    active: bool,
    position: int | None = None,
) -> TraitKind:
    """Other words, other answers, another place, or out of use; what was learned stays. Raises as `add_kind`."""
    principal.require("settings", "edit")
    _check(label_it, kind.type, choices)
    wanted: dict[str, Any] = {
        "label_it": label_it.strip(),
        "label_en": (label_en or label_it).strip(),
        "choices": [list(row) for row in choices] if kind.type == "choice" else [],
        "active": active,
    }
    if position is not None:
        wanted["position"] = position
    with transaction.atomic():
        locked = TraitKind.objects.select_for_update().get(pk=kind.pk)
        changes = {name: (getattr(locked, name), value) for name, value in wanted.items()}
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        if not changes:
            return locked
        for name, value in wanted.items():
            setattr(locked, name, value)
        locked.save()
        record(principal, "trait-kind.edit", kind="trait-kind", object_id=locked.pk, changes=changes)
    return locked


def _check(label_it: str, type: str, choices: Sequence[Sequence[str]]) -> None:
    problems = {}
    if not label_it.strip():
        problems["label_it"] = _("It needs a name.")
    if type not in dict(TYPES):
        problems["type"] = _("Choose one of: %(names)s.") % {"names": ", ".join(dict(TYPES))}
    codes = [row[0] for row in choices]
    if type == "choice" and not codes:
        problems["choices"] = _("Write at least one answer, each on a line.")
    elif len(set(codes)) < len(codes):
        problems["choices"] = _("An answer stands there twice.")
    elif len(codes) > MOST_CHOICES:
        problems["choices"] = _("At most %(n)s answers.") % {"n": MOST_CHOICES}
    if problems:
        raise InvalidFields(problems)


def _free_code(wanted: str) -> str:
    base = slugify(wanted)[:30] or "x"
    taken = {*TraitKind.objects.values_list("code", flat=True), *READY}
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 1000))) if code not in taken)
