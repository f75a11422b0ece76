"""How changes of quotes read: which quote, which lines, in which state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.amounts import percent_words, sum_words
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import number_value, value_words
from filo.operational.prices.kept_lines import lines_words
from filo.operational.quotes.models import STATES, Quote

FIELDS: dict[str, Label] = {
    "title": gettext_lazy("What it is about"),
    "state": gettext_lazy("State"),
    "number": gettext_lazy("Number"),
    "lines": pgettext_lazy("of a quote", "Lines"),
    "net": gettext_lazy("Net"),
    "vat": gettext_lazy("VAT"),
    "total": gettext_lazy("Total"),
    "off": gettext_lazy("Largest discount"),
    "cost": gettext_lazy("Cost"),
    "valid_until": gettext_lazy("Valid until"),
    "payment_terms": gettext_lazy("Payment"),
    "delivery_terms": gettext_lazy("Delivery"),
    "notes": gettext_lazy("Notes for the customer"),
    "internal_note": gettext_lazy("Note for colleagues"),
    "currency": gettext_lazy("Currency"),
    "language": gettext_lazy("Language"),
    "gross": gettext_lazy("Prices include VAT"),
    "sent_to": pgettext_lazy("a quote", "Sent to"),
    "reject_reason": gettext_lazy("Rejected because"),
    "owner_id": pgettext_lazy("a quote", "Who has it"),
    "contact_id": gettext_lazy("Contact person"),
    "answered_at": pgettext_lazy("a moment", "Answered"),
    "deleted_at": gettext_lazy("Thrown away"),
}
NUMBERS: dict[str, Callable[[Decimal], str]] = {
    **dict.fromkeys(("net", "vat", "total", "cost"), sum_words),
    "off": percent_words,
}
ACTIONS: dict[str, Label] = {
    "quote.draft": pgettext_lazy("a quote", "Begun"),
    "quote.edit": pgettext_lazy("a quote", "Changed"),
    "quote.lines": pgettext_lazy("a quote", "Lines written"),
    "quote.ask": pgettext_lazy("a quote", "Approval asked"),
    "quote.stop-asking": pgettext_lazy("a quote", "Approval no longer asked"),
    "quote.approve": pgettext_lazy("a quote", "Approved"),
    "quote.refuse": pgettext_lazy("a quote", "Not approved"),
    "quote.send": pgettext_lazy("a quote", "Sent"),
    "quote.hand-over": pgettext_lazy("a quote", "Handed over"),
    "quote.follow": pgettext_lazy("a quote", "Gone along with its customer"),
    "quote.accept": pgettext_lazy("a quote", "Accepted"),
    "quote.reject": pgettext_lazy("a quote", "Rejected"),
    "quote.expire": pgettext_lazy("a quote", "Expired"),
    "quote.supersede": pgettext_lazy("a quote", "Replaced"),
    "quote.withdraw": pgettext_lazy("a quote", "Withdrawn"),
    "quote.discard": pgettext_lazy("a quote", "Thrown away"),
    "quote.bring-back": pgettext_lazy("a quote", "Brought back"),
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("quote", gettext_lazy("Quotes"), FIELDS, words=_of_quotes, actions=ACTIONS)


def _of_quotes(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    ids = [entry.object_id for entry in entries]
    seen = [*Quote.objects.visible_to(principal).filter(pk__in=ids)]
    things = {quote.pk: Thing(str(quote), f"/quotes/{quote.pk}") for quote in seen}
    owners = {str(raw) for entry in entries for raw in entry.changes.get("owner_id", []) if raw}
    names = {str(user.pk): user.name for user in User.objects.filter(pk__in=owners)} if owners else {}
    states = {code: str(label) for code, label in STATES}
    hides = "cost" in principal.hidden("quote")

    def value(name: str, raw: Any) -> str | None:
        if name == "cost" and hides:
            return None
        if name in NUMBERS:
            return number_value(raw, NUMBERS[name])
        if name == "lines" and isinstance(raw, list):
            return lines_words(raw)
        if name == "state" and raw:
            return states.get(str(raw), str(raw))
        return names.get(str(raw)) or value_words(raw)

    return Telling(value, things)
