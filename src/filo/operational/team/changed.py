"""How changes of plans read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, show
from filo.foundation.audit.usual import value_words
from filo.operational.team.figures import measure_coded
from filo.operational.team.models import PER

FIELDS: dict[str, Label] = {
    "measure": pgettext_lazy("a plan", "What"),
    "number": pgettext_lazy("a plan", "How many"),
    "per": pgettext_lazy("a plan", "In"),
}
ACTIONS: dict[str, Label] = {
    "plan.make": pgettext_lazy("a plan", "Made"),
    "plan.remove": pgettext_lazy("a plan", "Taken away"),
    "plan.restore": pgettext_lazy("a plan", "Brought back"),
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("plan", gettext_lazy("Plans of the team"), FIELDS, words=_of_plans, actions=ACTIONS)


def _of_plans(_principal: Principal, _entries: Sequence[AuditEntry]) -> Telling:
    def value(name: str, raw: Any) -> str:
        known = measure_coded(str(raw)) if name == "measure" and raw else None
        if known:
            return str(known.label)
        return str(dict(PER)[raw]) if name == "per" and raw in dict(PER) else value_words(raw)

    return Telling(value, {})
