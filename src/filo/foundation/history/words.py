"""Names for the kinds of things of the foundation, as the page of all changes shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.models import Role
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import is_id, value_words
from filo.foundation.fields.kinds import KINDS as FIELD_KINDS
from filo.foundation.lists.models import AUDIENCES
from filo.foundation.organisation.models import Area, Channel, SellingCompany, Unit

KINDS: dict[str, Label] = {
    "role": gettext_lazy("Role"),
    "unit": gettext_lazy("Unit"),
    "area": gettext_lazy("Area"),
    "channel": gettext_lazy("Channel"),
    "firm": gettext_lazy("Firm"),
    "demo": gettext_lazy("Demo"),
    "audit": gettext_lazy("All changes"),
    "outcome": gettext_lazy("Outcome"),
    "webhook": gettext_lazy("Webhook"),
    "list-view": pgettext_lazy("a list's", "View"),
    "field": gettext_lazy("Custom field"),
    "hold": gettext_lazy("Hold on data"),
    "retention": gettext_lazy("Rule of retention"),
    "job": gettext_lazy("Work in the background"),
    "event": gettext_lazy("Event"),
    "import": gettext_lazy("Import"),
    "import-mapping": gettext_lazy("Kept columns of an import"),
    "bulk-edit": gettext_lazy("Change of many customers"),
    "areas": gettext_lazy("Area"),
    "channels": gettext_lazy("Channel"),
    "companies": gettext_lazy("Company"),
    "product-lines": gettext_lazy("Product line"),
}
# What a field of theirs names by its id.
_TABLES: dict[str, type[Model]] = {
    "default_unit": Unit,
    "unit": Unit,
    "parent": Unit,
    "company": SellingCompany,
    "role": Role,
    "area": Area,
    "channel": Channel,
    "owner": User,
    "person": User,
}
_CODES: dict[str, dict[str, Label]] = {"audience": dict(AUDIENCES), "kind": dict(FIELD_KINDS)}
PERSON: dict[str, Label] = {
    "email": gettext_lazy("E-mail"),
    "given_name": gettext_lazy("Given name"),
    "family_name": gettext_lazy("Family name"),
    "role": gettext_lazy("Role"),
    "unit": gettext_lazy("Unit"),
    "companies": gettext_lazy("Companies"),
    "is_active": pgettext_lazy("a person", "Works here"),
}


_WHO: Label = gettext_lazy("Who has it")


def register_words() -> None:
    """Called once, when the program starts."""
    for kind, label in KINDS.items():
        show(kind, label, words=_of_things)
    show("list-view", KINDS["list-view"], {"name": gettext_lazy("Name"), "audience": _WHO}, words=_of_things)
    show("user", gettext_lazy("People of the firm"), PERSON, words=_of_people)


def _of_things(_principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    """Ids by the names of what they name, codes by their words, the rest as is usual."""
    ids: dict[str, set[str]] = {}
    for entry in entries:
        for name, pair in entry.changes.items():
            ids.setdefault(name, set()).update(raw for raw in pair if isinstance(raw, str) and name in _TABLES)
    names = {
        (name, str(row.pk)): str(row)
        for name, wanted in ids.items()
        if wanted
        for row in _TABLES[name]._default_manager.filter(pk__in=[key for key in wanted if is_id(key)])
    }

    def value(name: str, raw: Any) -> str:
        if isinstance(raw, str) and name in _CODES:
            return str(_CODES[name].get(raw, raw))
        return names.get((name, str(raw))) or value_words(raw)

    return Telling(value)


def _of_people(_principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    found = User.objects.in_bulk({entry.object_id for entry in entries})
    return Telling(
        _of_things(_principal, entries).value,
        {pk: Thing(user.name, f"/settings/people/{pk}") for pk, user in found.items()},
    )
