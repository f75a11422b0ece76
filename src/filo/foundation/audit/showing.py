"""How kinds of things read in the audit: each topic says how its own fields and values are called.

`show("party", _("Customers"), fields={"notes": _("Notes")}, words=told_of_parties)` is called once, when the
program starts. A field that is not among them is kept for putting back and is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from filo.foundation.access.objects import declared
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.usual import field_words, value_words

Label = str | Promise


@dataclass(frozen=True)
class Thing:
    """What an entry is about, as a link; `subject` is whom it belongs to, where the name says more than that."""

    name: str
    address: str = ""
    subject: str = ""


def plainly(_field: str, value: Any) -> str | None:
    """A value of which nobody has said how it reads."""
    return value_words(value)


@dataclass(frozen=True)
class Telling:
    """How some entries read for one reader: `value(field, raw)` is None for what this reader may not see.

    `labels` are those of fields that the firm made itself.
    """

    value: Callable[[str, Any], str | None] = plainly
    things: Mapping[UUID, Thing] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


Words = Callable[[Principal, Sequence[AuditEntry]], Telling]


@dataclass(frozen=True)
class WayBack:
    """What is offered in the place of putting an act back: its words, an icon, and where its form goes."""

    words: str
    icon: str
    address: str


Instead = Callable[[Principal, UUID], WayBack | None]


@dataclass(frozen=True)
class ShownKind:
    """A kind of things: its name, the names of its fields and acts, and who finds the words."""

    label: Label
    fields: Mapping[str, Label] | None
    actions: Mapping[str, Label] = field(default_factory=dict)
    words: Words = lambda _principal, _entries: Telling()
    own_fields: str = ""
    instead: Mapping[str, Instead] = field(default_factory=dict)


_kinds: dict[str, ShownKind] = {}
_DOORS: Mapping[str, Label] = {
    "page": gettext_lazy("on a page"),
    "api": gettext_lazy("through the API"),
    "calendar": gettext_lazy("from a calendar program"),
    "import": gettext_lazy("by an import"),
    "job": gettext_lazy("by itself, in the background"),
    "command": gettext_lazy("at the command line"),
}


def show(
    kind: str,
    label: Label,
    fields: Mapping[str, Label] | None = None,
    *,
    words: Words | None = None,
    actions: Mapping[str, Label] | None = None,
    own_fields: str = "",
    instead: Mapping[str, Instead] | None = None,
) -> None:
    """Say how a kind of things reads; `actions` are the labels of `kind.verb`. No fields: all, as they are kept.

    The names of fields that the firm made itself begin with `own_fields`. Acts that are not simply put back on the
    page of a thing (who was brought in is thrown away) say in `instead` what is offered there, None for nothing.
    """
    telling = words or (lambda _principal, _entries: Telling())
    _kinds[kind] = ShownKind(label, fields, actions or {}, telling, own_fields, instead or {})


def show_more(kind: str, fields: Mapping[str, Label], actions: Mapping[str, Label]) -> None:
    """Say how a topic's own fields and acts on a kind of a lower topic read, which said already how its kind does."""
    found = _kinds[kind]
    known = None if found.fields is None else {**found.fields, **fields}
    _kinds[kind] = replace(found, fields=known, actions={**found.actions, **actions})


def shown_kind(kind: str) -> ShownKind | None:
    """What was said of a kind, or None."""
    return _kinds.get(kind)


def kind_label(kind: str) -> str:
    """What a kind is called: as was said, else as the right about it is called."""
    if kind in _kinds:
        return str(_kinds[kind].label)
    return next((str(found.label) for found in declared() if found.code == kind), kind)


def label_of(kind: str, name: str, telling: Telling) -> str:
    """What a field is called: as its topic says, or the firm itself."""
    shown = shown_kind(kind)
    return str(telling.labels.get(name) or ((shown and shown.fields) or {}).get(name) or field_words(name))


def known_kinds() -> list[tuple[str, str]]:
    """Every kind that has a name, by name."""
    codes = {*_kinds, *(found.code for found in declared())}
    return sorted(((code, kind_label(code)) for code in codes), key=lambda pair: pair[1].casefold())


def door_words(door: str) -> str:
    """Where somebody came in."""
    return str(_DOORS.get(door, door))


def known_doors() -> list[tuple[str, str]]:
    """Every door by its code."""
    return [(code, str(label)) for code, label in _DOORS.items()]


def is_shown(kind_code: str, name: str) -> bool:
    """Whether a field has a name to be shown by."""
    kind = _kinds.get(kind_code)
    if kind is None or kind.fields is None or name in kind.fields:
        return True
    return bool(kind.own_fields) and name.startswith(kind.own_fields)
