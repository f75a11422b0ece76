"""Invoices with their lines, sums and terms, the files they travel in, and the fiscal data of those who sell."""

from filo.operational.invoices.models.company import CompanyFiscal
from filo.operational.invoices.models.file import FILE_KINDS, SENDING, InvoiceFile
from filo.operational.invoices.models.invoice import DIRECTIONS, OPEN_STATES, STATES, VAT_DUE, Invoice
from filo.operational.invoices.models.rows import InvoiceDue, InvoiceLine, InvoiceTax

__all__ = [
    "DIRECTIONS",
    "FILE_KINDS",
    "OPEN_STATES",
    "SENDING",
    "STATES",
    "VAT_DUE",
    "CompanyFiscal",
    "Invoice",
    "InvoiceDue",
    "InvoiceFile",
    "InvoiceLine",
    "InvoiceTax",
]
