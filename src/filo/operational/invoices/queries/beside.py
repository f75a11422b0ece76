"""What an invoice says beside its lines and sums: whole, as its file has it, or as it was written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from filo.foundation.files.errors import FileGone
from filo.foundation.files.queries import read_file
from filo.operational.invoices.exchange import funds_of, references_of, terms_of, withholdings_of
from filo.operational.invoices.fatturapa.document import Attachment, Body, Fund, Line, Reduction, Reference, Withholding
from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.models import Invoice, InvoiceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """reductions: on the whole; codes: by which it is paid (PagoPA); periods: of lines, by their position."""

    references: Sequence[Reference] = ()
    withholdings: Sequence[Withholding] = ()
    funds: Sequence[Fund] = ()
    reductions: Sequence[Reduction] = ()
    codes: Sequence[str] = ()
    periods: Mapping[int, str] = field(default_factory=dict)
    attachments: Sequence[Attachment] = ()


def beside(invoice: Invoice, lines: Sequence[InvoiceLine]) -> Beside:
    """All of it; as far as the columns tell it where no file of others is behind it, or it cannot be read any more."""
    body = body_in_file(invoice)
    if body is None:
        return Beside(
            references=references_of(invoice, invoice.credits),
            withholdings=withholdings_of(invoice),
            funds=funds_of(invoice, lines, terms_of(invoice)),
        )
    return Beside(
        references=body.references,
        withholdings=body.withholdings,
        funds=body.funds,
        reductions=body.reductions,
        codes=tuple(dict.fromkeys(one.code for one in body.payments if one.code)),
        periods={at: told for at, line in enumerate(body.lines, 1) if (told := _period(line))},
        attachments=[one for one in body.attachments if one.content],
    )


def body_in_file(invoice: Invoice) -> Body | None:
    """The invoice as the file of others has it, from which it was read."""
    if invoice.file is None:
        return None
    try:
        document = read(read_file(invoice.file.content), invoice.file.name).document
    except (Unreadable, FileGone):
        return None
    known = (invoice.type, invoice.number, invoice.date)
    return next((body for body in document.bodies if (body.type, body.number[:20], body.day) == known), None)


def _period(line: Line) -> str:
    days = [f"{day:%d/%m/%Y}" for day in (line.since, line.until) if day is not None]
    return " – ".join(days)
