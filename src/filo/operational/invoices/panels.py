"""What invoices show on the pages of others: the rail, cards, the timeline, the settings."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.invoices.changed import register_changes
from filo.operational.invoices.queries.orders import billing_of
from filo.operational.invoices.services.taking_back import register_undo
from filo.operational.invoices.telling import declare_notices
from filo.operational.orders.models import Order
from filo.operational.parties.models import Party
from filo.operational.parties.timeline_kinds import TimelineKind
from filo.operational.parties.timeline_kinds import register as register_kind


def register() -> None:
    """Called once, when the program starts."""
    declare_notices()
    register_changes()
    register_undo()
    _add_links()
    _register_kinds()
    fill("parties.card.aside", _on_card, place=45)
    fill("orders.order.aside", _of_order, place=20)


def _add_links() -> None:
    add_entry("rail", Entry("/invoices", "file-text", gettext_lazy("Invoices"), _sees, place=25, key="g b"))
    add_entry("new", Entry("/invoices/new", "file-text", gettext_lazy("Invoice"), _writes, place=21))
    add_entry(
        "settings",
        Entry(
            "/settings/invoices",
            "file-text",
            gettext_lazy("Invoices"),
            lambda principal: principal.may("settings", "view"),
            place=47,
            hint=gettext_lazy("Fiscal data of the companies, series, bank, exchange"),
        ),
    )


def _register_kinds() -> None:
    for code, icon, words in (
        ("issued", "file-text", lambda _entry: _("issued the invoice")),
        ("credited", "file-text", lambda _entry: _("issued a credit note")),
        ("sent", "send", lambda _entry: _("sent the invoice to the exchange")),
        ("sent-again", "send", lambda _entry: _("sent the invoice to the exchange again")),
        ("not-sent", "triangle-alert", lambda _entry: _("noted that the invoice did not leave")),
        ("delivered", "circle-check", lambda _entry: _("noted that the invoice was delivered")),
        ("undelivered", "circle-alert", lambda _entry: _("noted that the invoice was not delivered")),
        ("rejected", "triangle-alert", lambda _entry: _("noted that the exchange rejected the invoice")),
        ("accepted", "circle-check", lambda _entry: _("noted that the invoice was accepted")),
        ("refused", "triangle-alert", lambda _entry: _("noted that the invoice was refused")),
        ("lapsed", "clock", lambda _entry: _("noted that the term for the invoice ran out")),
        ("received", "file-text", lambda _entry: _("took in an invoice of his")),
        ("kept", "file-text", lambda _entry: _("took in an invoice of another program")),
    ):
        kind = TimelineKind(icon, words, url=lambda entry: f"/invoices/{entry.reference_id}")
        register_kind(f"invoice.{code}", kind)


def _sees(principal: Principal) -> bool:
    return principal.may("invoice", "view")


def _writes(principal: Principal) -> bool:
    return principal.may("invoice", "create")


def _on_card(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not _sees(principal) or not isinstance(party, Party):
        return None
    return "invoices/_on_card_later.html", {"party": party}


def _of_order(request: HttpRequest, order: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not _sees(principal) or not isinstance(order, Order):
        return None
    return "invoices/_of_order.html", {"order": order, "billing": billing_of(principal, order)}
