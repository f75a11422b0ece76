"""How changes of consents read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import value_words
from filo.operational.consents.models import SOURCES, Consent

FIELDS: dict[str, Label] = {
    "given": gettext_lazy("Agrees"),
    "source": pgettext_lazy("of a consent", "How he said it"),
    "version": gettext_lazy("Version of the text"),
}
ACTIONS: dict[str, Label] = {
    "consent.give": pgettext_lazy("a consent", "Given"),
    "consent.withdraw": pgettext_lazy("a consent", "Taken back"),
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("consent", gettext_lazy("Consents"), FIELDS, words=_of_consents, actions=ACTIONS)


def _of_consents(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    rows = Consent.objects.visible_to(principal).select_related("party")
    seen = rows.filter(pk__in=[entry.object_id for entry in entries])

    def value(name: str, raw: Any) -> str | None:
        if name == "source" and raw:
            return str(dict(SOURCES).get(raw, raw))
        return value_words(raw)

    things = {row.pk: Thing(f"{row.party.display_name}: {row.kind.label}", f"/parties/{row.party_id}") for row in seen}
    return Telling(value, things)
