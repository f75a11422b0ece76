"""In what states a quote may be."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

STATES = [
    ("draft", pgettext_lazy("a quote", "Draft")),
    ("waiting", pgettext_lazy("a quote", "Waits for approval")),
    ("approved", pgettext_lazy("a quote", "Approved")),
    ("sent", pgettext_lazy("a quote", "Sent")),
    ("viewed", pgettext_lazy("a quote", "Viewed")),
    ("accepted", pgettext_lazy("a quote", "Accepted")),
    ("rejected", pgettext_lazy("a quote", "Rejected")),
    ("expired", pgettext_lazy("a quote", "Expired")),
    ("superseded", pgettext_lazy("a quote", "Replaced")),
    ("withdrawn", pgettext_lazy("a quote", "Withdrawn")),
]
EARLY = ("draft", "waiting", "approved")  # not yet with the customer
OUT = ("sent", "viewed")  # with the customer, who has not answered
OPEN = (*EARLY, *OUT)
