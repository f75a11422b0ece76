"""In what ways something is paid, and in what states payments, lines of banks and dues may be."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

METHODS = [
    ("bank", _("Bank transfer")),
    ("card", pgettext_lazy("a way to pay", "Card")),
    ("cash", _("Cash")),
    ("cheque", _("Cheque")),
    ("riba", pgettext_lazy("a way to pay", "RiBa")),
    ("debit", _("Direct debit")),
    ("other", pgettext_lazy("a way to pay", "Other")),
]
DIRECTIONS = [("in", pgettext_lazy("money", "In")), ("out", pgettext_lazy("money", "Out"))]
STATES = [
    ("pending", pgettext_lazy("a payment", "Begun")),
    ("succeeded", pgettext_lazy("a payment", "Received")),
    ("failed", pgettext_lazy("a payment", "Failed")),
    ("refunded", pgettext_lazy("a payment", "Given back")),
]
SOURCES = [
    ("hand", pgettext_lazy("a payment", "Written down")),
    ("bank", _("Bank file")),
    ("provider", _("Paid online")),
    ("api", _("API")),
]
KINDS = [
    ("invoice", _("Invoice")),
    ("order", pgettext_lazy("goods", "Order")),
    ("opening", _("Opening balance")),
]
LINE_STATES = [
    ("matched", pgettext_lazy("a line of a bank", "Matched")),
    ("proposed", pgettext_lazy("a line of a bank", "Proposed")),
    ("unknown", pgettext_lazy("a line of a bank", "Unknown")),
    ("ignored", pgettext_lazy("a line of a bank", "Left aside")),
]
EVENT_STATES = [
    ("done", pgettext_lazy("a message of a provider", "Taken in")),
    ("late", pgettext_lazy("a message of a provider", "Came late, changed nothing")),
    ("unheard", pgettext_lazy("a message of a provider", "Of no concern")),
    ("waiting", pgettext_lazy("a message of a provider", "In quarantine")),
]
REFUND_STATES = [
    ("asked", pgettext_lazy("a refund", "To be approved")),
    ("denied", pgettext_lazy("a refund", "Not approved")),
    ("begun", pgettext_lazy("a refund", "Begun")),
    ("done", pgettext_lazy("a refund", "Done")),
    ("failed", pgettext_lazy("a refund", "Failed")),
]
