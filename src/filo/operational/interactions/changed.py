"""How changes of interactions read: of whom they tell, through which channel, with what outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import is_id, value_words
from filo.operational.interactions.models import CHANNELS, DIRECTIONS, Call, Interaction
from filo.operational.parties.queries.naming import names_of

FIELDS: dict[str, Label] = {
    "party": gettext_lazy("Customer"),
    "channel": gettext_lazy("Channel"),
    "at": gettext_lazy("When"),
    "direction": gettext_lazy("Who began?"),
    "subject": gettext_lazy("Subject"),
    "outcome": gettext_lazy("Outcome"),
    "body": gettext_lazy("Text"),
    "minutes": gettext_lazy("Minutes"),
}
ACTIONS: dict[str, Label] = {
    "interaction.log": pgettext_lazy("an interaction", "Logged"),
    "interaction.edit": pgettext_lazy("an interaction", "Changed"),
    "interaction.remove": pgettext_lazy("an interaction", "Taken back"),
}
CALL_FIELDS: dict[str, Label] = {
    "party": gettext_lazy("Customer"),
    "state": gettext_lazy("State"),
}
CALL_ACTIONS: dict[str, Label] = {
    "call.start": pgettext_lazy("a call", "Started"),
    "call.end": pgettext_lazy("a call", "Ended"),
    "call.wrap-up": pgettext_lazy("a call", "Written up"),
    "call.drop": pgettext_lazy("a call", "Let go"),
    "call.bring-back": pgettext_lazy("a call", "Brought back"),
}
CALL_STATES: dict[str, Label] = {
    "running": pgettext_lazy("a call", "running"),
    "ended": pgettext_lazy("a call", "to be written up"),
    "saved": pgettext_lazy("a call", "written up"),
    "dropped": pgettext_lazy("a call", "let go"),
}
_CODES: dict[str, dict[str, Any]] = {"channel": dict(CHANNELS), "direction": dict(DIRECTIONS)}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("interaction", gettext_lazy("Interactions"), FIELDS, words=_of_interactions, actions=ACTIONS)
    show("call", gettext_lazy("Calls"), CALL_FIELDS, words=_of_calls, actions=CALL_ACTIONS)


def _of_calls(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    seen = Call.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    about = dict(seen.values_list("pk", "party_id"))
    named = [raw for entry in entries for raw in entry.changes.get("party", ()) if raw and is_id(str(raw))]
    names = names_of(principal, {*about.values(), *(UUID(raw) for raw in named)})

    def value(name: str, raw: Any) -> str | None:
        if name == "party" and raw:
            return names.get(UUID(raw)) if is_id(str(raw)) else None
        return str(CALL_STATES[raw]) if name == "state" and raw in CALL_STATES else value_words(raw)

    return Telling(
        value, {pk: Thing(names[party], f"/parties/{party}") for pk, party in about.items() if party in names}
    )


def _of_interactions(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    seen = Interaction.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    about = dict(seen.values_list("pk", "party_id"))
    named = [raw for entry in entries for raw in entry.changes.get("party", ()) if raw and is_id(str(raw))]
    names = names_of(principal, {*about.values(), *(UUID(raw) for raw in named)})

    def value(name: str, raw: Any) -> str | None:
        if name == "party" and raw:
            return names.get(UUID(raw)) if is_id(str(raw)) else None
        if raw and name in _CODES:
            return str(_CODES[name].get(raw, raw))
        return value_words(raw)

    things = {pk: Thing(names[party], f"/parties/{party}") for pk, party in about.items() if party in names}
    return Telling(value, things)
