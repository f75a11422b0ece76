"""Invoices and credit notes: Filo gives what was issued; what was issued is changed by nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from filo.collaborative.connectors.subjects.base import Field, Ours, Refused, Subject, Values, number_text
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.operational.invoices.models import Invoice


class _Invoices(Subject):
    """By company, day and number, since a series may begin anew each year."""

    code, label = "invoices", _("Invoices")
    keys = ("company", "date", "number")
    gives = True
    usual = False
    fields = (
        Field("company", _("Company"), ("azienda", "ditta", "società"), owner="ours"),
        Field("date", _("Date"), ("data", "data fattura"), owner="ours"),
        Field("number", _("Number"), ("numero", "numero fattura", "fattura", "invoice"), owner="ours"),
        Field("type", _("Type"), ("tipo", "tipo documento"), owner="ours"),
        Field("state", _("State"), ("stato",), owner="ours"),
        Field("customer", _("Customer"), ("cliente",), owner="ours"),
        Field("vat number", _("VAT number"), ("partita iva", "p.iva"), owner="ours"),
        Field("currency", _("Currency"), ("valuta", "divisa"), owner="ours"),
        Field("net", _("Without VAT"), ("imponibile",), "number", owner="ours"),
        Field("vat", _("VAT"), ("iva", "imposta"), "number", owner="ours"),
        Field("total", _("Total"), ("totale",), "number", owner="ours"),
        Field("due", _("Due on"), ("scadenza",), owner="ours"),
        Field("paid", _("Paid"), ("pagato", "incassato"), "number", owner="ours"),
    )

    def find(self, principal: Principal, keys: Sequence[str]) -> dict[str, Ours]:
        """Those that were issued."""
        wanted = set(keys)
        days = {key.split(" / ")[1] for key in keys if key.count(" / ") >= 2}
        rows = _rows(principal).filter(date__in=[day for day in days if _is_day(day)])
        return {key: Ours(f"{row.number} · {row.party}", _values(row)) for row in rows if (key := _key(row)) in wanted}

    def take(self, principal: Principal, key: str, values: Values, ours: Ours | None, as_of: datetime) -> None:
        """Never: payments come by bank files, corrections are credit notes."""
        raise Refused(
            _("Invoices are issued in Filo: a back office is told of them, and changes none.")
            if ours
            else _("There is no invoice %(number)s.") % {"number": values.get("number", key)}
        )

    def changed(self, principal: Principal, since: datetime | None) -> Iterator[tuple[str, Values]]:
        """Those with which something happened since: issued, sent, delivered, paid."""
        rows = _rows(principal)
        if since is not None:
            rows = rows.filter(pk__in=AuditEntry.objects.filter(kind="invoice", at__gte=since).values("object_id"))
        for row in rows.order_by("pk").iterator(500):
            yield _key(row), _values(row)

    def all(self, principal: Principal) -> Iterator[tuple[str, Values]]:
        """Every invoice that was issued."""
        yield from self.changed(principal, None)


def _rows(principal: Principal) -> QuerySet[Invoice]:
    rows = Invoice.objects.filter(direction="issued", date__isnull=False).exclude(state="draft").exclude(number="")
    if principal.company_ids is not None:
        rows = rows.filter(company__in=principal.company_ids)
    return rows.select_related("company", "party")


def _is_day(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _key(row: Invoice) -> str:
    return f"{row.company.code} / {row.date} / {row.number}".casefold()


def _values(row: Invoice) -> dict[str, str]:
    return {
        "company": row.company.code,
        "date": str(row.date),
        "number": row.number,
        "type": row.type,
        "state": row.state,
        "customer": str(row.party or row.buyer.get("name", "")),
        "vat number": row.counterpart,
        "currency": row.currency,
        "net": number_text(row.net),
        "vat": number_text(row.vat),
        "total": number_text(row.total),
        "due": str(row.due_on or ""),
        "paid": number_text(row.paid),
    }


SUBJECT = _Invoices()
