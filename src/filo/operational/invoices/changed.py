"""How changes of invoices read: which invoice, in which state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.amounts import sum_words
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import number_value, value_words
from filo.operational.invoices.fatturapa.codes import TYPES
from filo.operational.invoices.models import STATES, Invoice
from filo.operational.parties.queries.naming import names_told
from filo.operational.prices.kept_lines import lines_words

FIELDS: dict[str, Label] = {
    "number": gettext_lazy("Number"),
    "date": gettext_lazy("Date"),
    "type": gettext_lazy("Type"),
    "state": gettext_lazy("State"),
    "total": gettext_lazy("Total"),
    "paid": gettext_lazy("Paid"),
    "party_id": gettext_lazy("Customer"),
    "terms": gettext_lazy("Terms of payment"),
    "cause": gettext_lazy("What it is about"),
    "file": gettext_lazy("File"),
    "series": gettext_lazy("Series"),
    "lines": pgettext_lazy("of an invoice", "Lines"),
}
SUMS = ("total", "paid")
ACTIONS: dict[str, Label] = {
    "invoice.draft": pgettext_lazy("an invoice", "Drafted"),
    "invoice.edit": pgettext_lazy("an invoice", "Changed"),
    "invoice.delete": pgettext_lazy("an invoice", "Draft thrown away"),
    "invoice.bring-back": pgettext_lazy("an invoice", "Draft brought back"),
    "invoice.issue": pgettext_lazy("an invoice", "Issued"),
    "invoice.send": pgettext_lazy("an invoice", "Sent"),
    "invoice.left": pgettext_lazy("an invoice", "Its file left"),
    "invoice.not-left": pgettext_lazy("an invoice", "Its file did not leave"),
    "invoice.mend": pgettext_lazy("an invoice", "Mended after it was rejected"),
    "invoice.hear": pgettext_lazy("an invoice", "The exchange answered"),
    "invoice.take-in": pgettext_lazy("an invoice", "Read in"),
    "invoice.pay": pgettext_lazy("an invoice", "Paid"),
}
_CODES: dict[str, dict[str, Any]] = {"state": dict(STATES), "type": dict(TYPES)}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("invoice", gettext_lazy("Invoices"), FIELDS, words=_of_invoices, actions=ACTIONS)


def _of_invoices(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    seen = Invoice.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    things = {found.pk: Thing(str(found), f"/invoices/{found.pk}") for found in seen}

    names = names_told(principal, entries, "party_id")

    def value(name: str, raw: Any) -> str:
        if name in SUMS:
            return number_value(raw, sum_words)
        if raw not in (None, "") and name in _CODES:
            return str(_CODES[name].get(str(raw), raw))
        if name == "lines" and isinstance(raw, list):
            return lines_words(raw)
        return names.get(str(raw)) or value_words(raw)

    return Telling(value, things)
