"""Acts on many in the words of people: what is done, to whom, from what to what, and who is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.fields.words import words_of_value
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.operational.parties.models import BulkEdit
from filo.operational.parties.models.party import LANGUAGES
from filo.operational.parties.models.relationship import STAGES
from filo.operational.parties.queries.bulk import names_of_parties
from filo.operational.parties.services.many.acts import Act, act_from, own_facts
from filo.operational.parties.services.many.planning import SENTENCES, Planned, plan

LABELS = {
    "owner_id": gettext_lazy("Followed by"),
    "area_id": gettext_lazy("Area"),
    "channel_id": gettext_lazy("Channel"),
    "unit_id": gettext_lazy("Unit"),
    "members": gettext_lazy("Also worked by"),
    "stage": gettext_lazy("Stage"),
    "sector": gettext_lazy("Sector"),
    "language": gettext_lazy("Language"),
    "source": gettext_lazy("Source"),
    "deleted_at": pgettext_lazy("where a customer is", "Place"),
}
_MODELS: Mapping[str, Any] = {
    "owner_id": User,
    "members": User,
    "area_id": Area,
    "channel_id": Channel,
    "unit_id": Unit,
}
_CODES = {"stage": dict(STAGES), "language": dict(LANGUAGES)}


@dataclass(frozen=True)
class Line:
    """One value that changes."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Example:
    """A party with what changes of it."""

    party: UUID
    name: str
    lines: list[Line]


def act_words(act: Act) -> str:
    """What is done, in one line: *Followed by Anna Neri · Area: Nord*."""
    if act.kind == "bin":
        return _("Move to the bin")
    names = _Names()
    if "user" in act.to:
        sentence = _("Add %(name)s") if act.kind == "member-add" else _("Take %(name)s out")
        words = [sentence % {"name": names.one("members", act.to["user"])}]
    else:
        words = [f"{names.label(name)}: {names.one(name, value)}" for name, value in act.to.items()]
    for model, key in ((SellingCompany, act.company), (ProductLine, act.line)):
        if key:
            found = model._default_manager.filter(pk=key).first()
            words.append(_("only for %(name)s") % {"name": found.name if found else "–"})
    return " · ".join(words)


def left_in_words(left: Mapping[str, int]) -> list[tuple[str, int]]:
    """Why some are left, and how many, the most first."""
    return sorted(((str(SENTENCES.get(code, code)), number) for code, number in left.items()), key=lambda one: -one[1])


def examples_of(principal: Principal, edit: BulkEdit) -> list[Example]:
    """The first few who change, as they are now and as they will be."""
    ids = [UUID(key) for key in (edit.foreseen or {}).get("examples", [])]
    if not ids:
        return []
    called, names = names_of_parties(principal, ids), _Names()
    planned = plan(principal, act_from(edit.act), ids)
    return [Example(one.party, called.get(one.party, "–"), _lines(one, names)) for one in planned if one.steps]


def _lines(planned: Planned, names: _Names) -> list[Line]:
    found = [
        Line(label, names.shown(name, before, is_after=False), names.shown(name, after, is_after=True))
        for step in planned.steps
        for name, (before, after) in step.changes.items()
        if (label := names.label(name))
    ]
    return list(dict.fromkeys(found))


class _Names:
    """Names of people and places, each read once."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Any, str], str] = {}
        self._own = own_facts()

    def label(self, name: str) -> str:
        """What a column is called; empty for one that is not shown."""
        return str(self._own[name].label if name in self._own else LABELS.get(name, ""))

    def shown(self, name: str, value: Any, *, is_after: bool) -> str:
        """A value of a change."""
        if name == "deleted_at":
            return _("In the bin") if is_after else _("Among the customers")
        if isinstance(value, list):
            return ", ".join(self.one(name, one) for one in value) or "–"
        return self.one(name, value)

    def one(self, name: str, value: Any) -> str:
        """A single value in words."""
        if value in (None, ""):
            return "–"
        if name in self._own:
            return words_of_value(self._own[name], value)
        if name in _CODES:
            return str(_CODES[name].get(str(value), value))
        if name not in _MODELS:
            return str(value)
        model, key = _MODELS[name], str(value)
        if (model, key) not in self._kept:
            found = model._default_manager.filter(pk=key).first()
            self._kept[model, key] = found.name if found else "–"
        return self._kept[model, key]
