"""How what was asked at VIES reads among changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import value_words
from filo.operational.vies.models import STATES, VatCheck

FIELDS: dict[str, Label] = {
    "number": gettext_lazy("VAT number"),
    "state": gettext_lazy("At VIES"),
}
ACTIONS: dict[str, Label] = {
    "vat-check.ask": pgettext_lazy("a VAT number", "Asked at VIES"),
    "vat-check.answer": pgettext_lazy("a VAT number", "VIES answered"),
    "vat-check.take-over": pgettext_lazy("a VAT number", "Took over what VIES told"),
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("vat-check", gettext_lazy("VAT numbers at VIES"), FIELDS, words=_of_checks, actions=ACTIONS)


def _of_checks(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    ids = [entry.object_id for entry in entries]
    seen = VatCheck.objects.visible_to(principal).select_related("party").filter(pk__in=ids)

    def value(name: str, raw: Any) -> str | None:
        return str(dict(STATES).get(raw, raw)) if name == "state" and raw else value_words(raw)

    things = {row.pk: Thing(f"{row.party.display_name}: {row.number}", f"/parties/{row.party_id}") for row in seen}
    return Telling(value, things)
