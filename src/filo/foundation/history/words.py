"""Names for the kinds of things of the foundation, as the page of all changes shows them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show

KINDS: dict[str, Label] = {
    "role": gettext_lazy("Role"),
    "unit": gettext_lazy("Unit"),
    "area": gettext_lazy("Area"),
    "channel": gettext_lazy("Channel"),
    "firm": gettext_lazy("Firm"),
    "demo": gettext_lazy("Demo"),
    "audit": gettext_lazy("All changes"),
    "outcome": gettext_lazy("Outcome"),
}
PERSON: dict[str, Label] = {
    "email": gettext_lazy("E-mail"),
    "given_name": gettext_lazy("Given name"),
    "family_name": gettext_lazy("Family name"),
    "role": gettext_lazy("Role"),
    "unit": gettext_lazy("Unit"),
    "companies": gettext_lazy("Companies"),
    "is_active": pgettext_lazy("a person", "Works here"),
}


def register_words() -> None:
    """Called once, when the program starts."""
    for kind, label in KINDS.items():
        show(kind, label)
    show("user", gettext_lazy("People of the firm"), PERSON, words=_of_people)


def _of_people(_principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    found = User.objects.in_bulk({entry.object_id for entry in entries})
    return Telling(_value, {pk: Thing(user.name, f"/settings/people/{pk}") for pk, user in found.items()})


def _value(_name: str, raw: object) -> str:
    if isinstance(raw, bool):
        return _("yes") if raw else _("no")
    return str(raw) if raw not in (None, "", []) else _("empty")
