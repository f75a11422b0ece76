"""One invoice by its id; lists of them, narrowed by state, words and customer."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.invoices.fatturapa.codes import CREDITS
from filo.operational.invoices.frozen import fiscal_of
from filo.operational.invoices.models import OPEN_STATES, Invoice
from filo.operational.invoices.queries.listing import with_words
from filo.operational.parties.models import Party


def seen_invoice(principal: Principal, invoice_id: UUID) -> Invoice:
    """The invoice with this id, if this principal may see it. Raises `NotFound`."""
    if not principal.may("invoice", "view"):
        raise NotFound
    rows = Invoice.objects.visible_to(principal).for_list().select_related("credits", "file")
    found = rows.filter(pk=invoice_id).first()
    if found is None:
        raise NotFound
    return found


def ways_of(invoice: Invoice) -> list[tuple[str, str, bool]]:
    """In which ways its file may leave now: code, words, whether the company has it so; the usual one comes last."""
    if not invoice.is_returned and not (invoice.is_ours and invoice.state == "issued"):
        return []
    fiscal = fiscal_of(invoice.company)
    words = {"hand": _("Send by hand"), "folder": _("Send through the folder")}
    if fiscal.exchange_pec and fiscal.certified_mail:
        words["pec"] = _("Send by certified mail")
    usual = fiscal.way if fiscal.way in words else "hand"
    if usual == "hand" and not fiscal.folder:
        del words["folder"]
    return sorted(((code, label, code == usual) for code, label in words.items()), key=lambda way: way[2])


def overdue() -> Q:
    """Of customers, with something left, and its day gone by."""
    owed = Q(paid__lt=F("payable") - F("credited"), due_on__lt=clock.today(), direction="issued")
    return owed & Q(state__in=OPEN_STATES) & ~Q(type__in=CREDITS)


VIEWS: Mapping[str, Any] = {
    "all": lambda: Q(direction="issued"),
    "draft": lambda: Q(state="draft"),
    "to-send": lambda: Q(state="issued", direction="issued"),
    "rejected": lambda: Q(state="rejected"),
    "overdue": overdue,
    "credit": lambda: Q(direction="issued", type__in=CREDITS),
    "received": lambda: Q(direction="received"),
}


def invoices_found(
    principal: Principal, *, view: str = "all", text: str = "", party: UUID | None = None, company: str = ""
) -> QuerySet[Invoice]:
    """The visible invoices that match, without order: by number, or by their customer."""
    found = Invoice.objects.visible_to(principal).filter(VIEWS.get(view, VIEWS["all"])())
    if party is not None:
        found = found.filter(party=party, party__in=Party.objects.visible_to(principal))
    if company:
        found = found.filter(company__code=company)
    if text := text.strip():
        found = found.filter(with_words(principal, text))
    return found


def sums_of(found: QuerySet[Invoice]) -> list[tuple[str, Decimal, Decimal]]:
    """Currency, what was asked and what is left, of the invoices in a list; credit notes take off."""
    rows = found.exclude(state="draft").values("currency", "type").annotate(asked=Sum("total"), owed=Sum(_left()))
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for row in rows:
        total, left = sums.get(row["currency"], (Decimal(0), Decimal(0)))
        credit = row["type"] in CREDITS
        told = -row["asked"] if credit else row["asked"]
        sums[row["currency"]] = total + told, left + (Decimal(0) if credit else row["owed"])
    return [(currency, *pair) for currency, pair in sorted(sums.items())]


def _left() -> Any:
    return F("payable") - F("paid") - F("credited")


def open_invoices_of(principal: Principal, party: Party) -> list[Invoice]:
    """The latest invoices of a customer, for his card."""
    rows = Invoice.objects.visible_to(principal).filter(party=party)
    return list(rows.order_by("-date", "-created_at")[:6])
