"""Verbs about invoices: draft, issue, send, hear what the exchange says, give credit, take in those of others."""

from filo.operational.invoices.services.billing import Billable, draft_from
from filo.operational.invoices.services.company import save_fiscal
from filo.operational.invoices.services.crediting import draft_credit
from filo.operational.invoices.services.drafting import change_draft, draft_invoice
from filo.operational.invoices.services.hearing import take_notification
from filo.operational.invoices.services.issuing import issue_invoice
from filo.operational.invoices.services.lines import LineFacts
from filo.operational.invoices.services.mending import mend_rejected
from filo.operational.invoices.services.paying import note_paid
from filo.operational.invoices.services.sending import send_invoice
from filo.operational.invoices.services.set_aside import keep_for, try_again
from filo.operational.invoices.services.taking_in import take_in
from filo.operational.invoices.services.throwing_away import delete_draft

__all__ = [
    "Billable",
    "LineFacts",
    "change_draft",
    "delete_draft",
    "draft_credit",
    "draft_from",
    "draft_invoice",
    "issue_invoice",
    "keep_for",
    "mend_rejected",
    "note_paid",
    "save_fiscal",
    "send_invoice",
    "take_in",
    "take_notification",
    "try_again",
]
