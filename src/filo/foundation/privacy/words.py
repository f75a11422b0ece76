"""Rules of retention as people say them: *Calls: 12 months*."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filo.foundation.keeping import KeptKind
from filo.foundation.privacy.deciding import narrowing

MONTHS_IN_A_YEAR = 12
DAYS_IN_A_YEAR = 365
UNITS = ("days", "months", "years")


def days_of(amount: int, unit: str) -> int:
    """How many days an amount of days, months or years is."""
    if unit == "years":
        return amount * DAYS_IN_A_YEAR
    return round(amount * DAYS_IN_A_YEAR / MONTHS_IN_A_YEAR) if unit == "months" else amount


def amount_of(days: int) -> tuple[int, str]:
    """The same days as whole years from three on, as whole months, or as days."""
    if days % DAYS_IN_A_YEAR == 0 and days >= 3 * DAYS_IN_A_YEAR:
        return days // DAYS_IN_A_YEAR, "years"
    months = round(days * MONTHS_IN_A_YEAR / DAYS_IN_A_YEAR)
    return (months, "months") if months and days_of(months, "months") == days else (days, "days")


def period(days: int) -> str:
    """12 months, 10 years, 21 days."""
    amount, unit = amount_of(days)
    if unit == "years":
        return ngettext("%(number)s year", "%(number)s years", amount) % {"number": amount}
    if unit == "months":
        return ngettext("%(number)s month", "%(number)s months", amount) % {"number": amount}
    return ngettext("%(number)s day", "%(number)s days", amount) % {"number": amount}


def about_what(kind: KeptKind | None, code: str, source: str, purpose: str) -> str:
    """What a rule is about: the kind, and the source and purpose it is narrowed to."""
    if kind is None:
        return _("%(code)s (not known to this version)") % {"code": code}
    parts = [str(kind.label)]
    for found, wanted in ((kind.sources, source), (kind.purposes, purpose)):
        if wanted:
            part = narrowing(found(), wanted)
            parts.append(str(part.label) if part else wanted)
    return ", ".join(parts)
