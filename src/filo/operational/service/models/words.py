"""Types, priorities and states of requests, by their codes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TYPES = [
    ("question", _("Question")),
    ("fault", _("Fault")),
    ("complaint", _("Complaint")),
    ("return", _("Return")),
]
PRIORITIES = [
    ("low", pgettext_lazy("priority", "Low")),
    ("normal", pgettext_lazy("priority", "Normal")),
    ("high", pgettext_lazy("priority", "High")),
    ("urgent", pgettext_lazy("priority", "Urgent")),
]
STATES = [
    ("new", pgettext_lazy("a request", "New")),
    ("open", pgettext_lazy("a request", "Being worked on")),
    ("waiting", pgettext_lazy("a request", "Waiting")),
    ("solved", pgettext_lazy("a request", "Solved")),
    ("closed", pgettext_lazy("a request", "Closed")),
]
WAITS = [("customer", _("The customer")), ("supplier", _("A supplier")), ("us", _("A colleague"))]
