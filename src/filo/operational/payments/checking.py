"""What *Health* and `filo doctor` say of what is owed, and how it is repaired."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import system
from filo.foundation.health.checkup import Check, Finding, Level, add_check
from filo.operational.payments.queries.left_behind import called_off_and_owed, credited_and_owed, issued_and_not_owed
from filo.operational.payments.services.repairing import repair

MOST = 1000


def look() -> Finding:
    """Whether what is owed agrees with invoices and orders; an earlier version left some that does not."""
    found = [
        (label, rows.values("pk")[: MOST + 1].count())
        for label, rows in (
            (gettext_lazy("Invoices that nobody was asked to pay"), issued_and_not_owed()),
            (gettext_lazy("Invoices owed although they were credited"), credited_and_owed()),
            (gettext_lazy("Orders called off of which a deposit is owed"), called_off_and_owed()),
        )
    ]
    figures = tuple((label, f"{MOST}+" if number > MOST else str(number)) for label, number in found if number)
    if not figures:
        return Finding(Level.GOOD, _("It agrees with invoices and orders."))
    return Finding(
        Level.WARN,
        _("Some of it does not agree with its invoice or order: an earlier version left it so."),
        _("Look at the figures, then have it mended: ./filo doctor --repair"),
        figures,
    )


def register_check() -> None:
    """Called once, when the program starts."""
    add_check(Check("dues", gettext_lazy("What is owed"), "wallet", look, 120, lambda: repair(system("payments"))))
