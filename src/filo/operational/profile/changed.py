"""How changes of what is known of customers read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import value_words
from filo.operational.profile.models import SOURCES, Trait

FIELDS: dict[str, Label] = {
    "value": gettext_lazy("What is known"),
    "source": pgettext_lazy("of a fact", "Where from"),
    "ended_at": gettext_lazy("Holds no more since"),
    "confidence": gettext_lazy("Confidence"),
    "confirmed_at": pgettext_lazy("a fact", "Confirmed"),
}
ACTIONS: dict[str, Label] = {
    "trait.learn": pgettext_lazy("a fact", "Learned"),
    "trait.forget": pgettext_lazy("a fact", "Forgotten"),
    "trait.erase": pgettext_lazy("a fact", "Deleted as the customer wished"),
    "trait.confirm": pgettext_lazy("a fact", "Confirmed"),
    "trait.bring-back": pgettext_lazy("a fact", "Brought back"),
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("trait", gettext_lazy("What is known of customers"), FIELDS, words=_of_traits, actions=ACTIONS)


def _of_traits(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    rows = Trait.objects.visible_to(principal).select_related("kind", "party")
    seen = {row.pk: row for row in rows.filter(pk__in=[entry.object_id for entry in entries])}

    def value(name: str, raw: Any) -> str | None:
        if name == "source" and raw:
            return str(dict(SOURCES).get(raw, raw))
        return value_words(raw)

    things = {
        pk: Thing(f"{row.party.display_name}: {row.kind} {row.words}", f"/parties/{row.party_id}")
        for pk, row in seen.items()
    }
    return Telling(value, things)
