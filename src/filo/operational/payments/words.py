"""How sums, days and reasons are written."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy, pgettext_lazy

REASONS = {
    "sum": gettext_lazy("the same sum"),
    "sum-of-all": gettext_lazy("the sum of all that is open"),
    "part": gettext_lazy("a part of the sum"),
    "other-sum": gettext_lazy("another sum"),
    "number": gettext_lazy("names the document"),
    "name": gettext_lazy("names the customer"),
    "iban": gettext_lazy("an account that he paid from before"),
    "outwards": gettext_lazy("went out"),
}
LINE_REFUSALS = {
    "no-day": gettext_lazy("no day that can be read"),
    "no-amount": gettext_lazy("no sum that can be read"),
    "no-sign": gettext_lazy("it does not say whether the money came in or went out"),
    "cells": gettext_lazy("more cells than there are headings"),
    "quote": gettext_lazy("a quotation mark that is never closed"),
}
LINES_LEFT_OUT = {
    "balance": gettext_lazy("a balance, not a booking"),
    "headings": gettext_lazy("the headings once more"),
    "no-booking": gettext_lazy("neither a day nor a sum"),
    "not-booked": gettext_lazy("announced, refused or cancelled, so no money moved"),
    "zero": gettext_lazy("a sum of zero"),
}
DUE_STATES = {
    "paid": pgettext_lazy("a due", "Paid"),
    "disputed": pgettext_lazy("a due", "Disputed"),
    "overdue": pgettext_lazy("a due", "Overdue"),
    "part": pgettext_lazy("a due", "Paid in part"),
    "open": pgettext_lazy("a due", "Open"),
}
MEANS = {"paid": "good", "disputed": "warn", "overdue": "bad", "part": "info", "open": ""}


def day_words(day: date) -> str:
    """31/12/2026, as both languages read it here."""
    return f"{day:%d/%m/%Y}"
