"""How changes of calls and exchanges read in the register of changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.collaborative.telephony.models import PhoneCall
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import is_id, value_words
from filo.operational.parties.queries.naming import names_of

FIELDS: dict[str, Label] = {"party": gettext_lazy("Customer"), "number": gettext_lazy("Number")}
ACTIONS: dict[str, Label] = {
    "phone.call": pgettext_lazy("a telephone call", "Asked for"),
    "phone.party": pgettext_lazy("a telephone call", "Said whose it is"),
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("phone-call", gettext_lazy("Telephone calls"), FIELDS, words=_of_calls, actions=ACTIONS)


def _of_calls(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    seen = PhoneCall.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    about = dict(seen.filter(party__isnull=False).values_list("pk", "party_id"))
    named = [raw for entry in entries for raw in entry.changes.get("party", ()) if raw and is_id(str(raw))]
    names = names_of(principal, {*about.values(), *(UUID(raw) for raw in named)})

    def value(name: str, raw: Any) -> str | None:
        if name == "party" and raw:
            return names.get(UUID(raw)) if is_id(str(raw)) else None
        return value_words(raw)

    things = {pk: Thing(names[party], f"/parties/{party}") for pk, party in about.items() if party in names}
    return Telling(value, things)
