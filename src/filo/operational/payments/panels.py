"""What payments show on the pages of others: the rail, cards, the palette, the settings, the timeline."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.invoices.models import Invoice
from filo.operational.parties.models import Party
from filo.operational.parties.timeline_kinds import TimelineKind
from filo.operational.parties.timeline_kinds import register as register_kind
from filo.operational.payments.changed import register_changes
from filo.operational.payments.checking import register_check
from filo.operational.payments.models import Due
from filo.operational.payments.queries.public import pay_link
from filo.operational.payments.services.asking import register_approvals
from filo.operational.payments.telling import declare_notices


def register() -> None:
    """Called once, when the program starts."""
    declare_notices()
    register_approvals()
    register_changes()
    register_check()
    _add_links()
    fill("parties.card.aside", _on_card, place=80)
    fill("invoices.invoice.main", _of_invoice, place=10)
    payment = lambda entry: f"/payments/{entry.reference_id}"  # noqa: E731
    register_kind("payment.received", TimelineKind("wallet", lambda _entry: _("recorded a payment"), url=payment))
    register_kind("payment.sent", TimelineKind("wallet", lambda _entry: _("recorded a payment of ours"), url=payment))
    register_kind("payment.refunded", TimelineKind("undo-2", lambda _entry: _("gave money back"), url=payment))
    due = lambda entry: f"/dues/{entry.reference_id}"  # noqa: E731
    register_kind("due.reminded", TimelineKind("mail", lambda _entry: _("sent a reminder to pay"), url=due))


def _add_links() -> None:
    add_entry("rail", Entry("/dues", "wallet", gettext_lazy("Payments"), _sees, place=26))
    add_entry(
        "new",
        Entry("/payments/new", "wallet", gettext_lazy("Payment"), lambda p: p.may("payment", "create"), place=45),
    )
    add_entry(
        "settings",
        Entry(
            "/settings/payments",
            "wallet",
            gettext_lazy("Payments"),
            lambda p: p.may("settings", "view"),
            place=48,
            hint=gettext_lazy("Ways to pay, reminders, interest"),
        ),
    )
    for code, label, url, words, may, place in (
        ("dues", gettext_lazy("Overdue"), "/dues?late=yes", "scadenzario scaduti insoluti overdue", _sees, 64),
        (
            "payments.reminders",
            gettext_lazy("Reminders for today"),
            "/payments/reminders",
            "solleciti sollecito dunning",
            lambda p: p.may("payment", "edit"),
            65,
        ),
        (
            "payments.bank",
            gettext_lazy("Bank files"),
            "/payments/bank",
            "banca estratto conto bonifici riconciliazione camt statement",
            lambda p: p.may("payment", "import"),
            66,
        ),
    ):
        add_command(Command(code, label, "wallet", url, may, words=words, place=place))


def _sees(principal: Principal) -> bool:
    return principal.may("payment", "view")


def _on_card(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not _sees(principal) or not isinstance(party, Party):
        return None
    return "payments/_on_card_later.html", {"party": party}


def _of_invoice(request: HttpRequest, invoice: Any) -> tuple[str, dict[str, Any]] | None:
    """How far it is paid, and where the customer can pay it."""
    principal = principal_in(request)
    if principal is None or not _sees(principal) or not isinstance(invoice, Invoice):
        return None
    rows = Due.objects.visible_to(principal).filter(kind="invoice", source_id=invoice.pk).order_by("position")
    dues = [(due, "" if due.settled_on else pay_link(due)) for due in rows]
    return ("payments/_of_invoice.html", {"dues": dues}) if dues else None
