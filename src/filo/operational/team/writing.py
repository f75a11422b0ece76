"""The day of the team as a file that a spreadsheet opens."""

from __future__ import annotations

import csv
from io import StringIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from filo.operational.team.queries import TeamDay

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(found: TeamDay) -> str:
    """A line for each person: number, plan and the number before, measure by measure; begins with a mark of UTF-8."""
    kept = StringIO()
    writer = csv.writer(kept, delimiter=";", lineterminator="\r\n")
    heads = [_("Person"), _("Unit"), _("From"), _("Until")]
    plan, before = pgettext("of a measure", "plan"), _("before")  # not within the f-strings: they would not be found
    for figure in found.total:
        label = str(figure.measure.label)
        heads += [label, f"{label}: {plan}", f"{label}: {before}"]
    writer.writerow([_harmless(head) for head in heads])
    for line in found.lines:
        cells = [line.person.name, line.person.unit.name if line.person.unit else ""]
        cells += [found.span.first.isoformat(), found.span.last.isoformat()]
        for one in line.figures:
            cells += [str(one.number), str(one.planned or ""), str(one.before)]
        writer.writerow([_harmless(cell) for cell in cells])
    return "\ufeff" + kept.getvalue()


def _harmless(text: str) -> str:
    """A spreadsheet must not take a name for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
