"""What the digest tells whoever leads people: what each of them did on the last day that was worked."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation import clock
from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.notices.digests import MOST_LINES, DigestPart, Line, declare_part
from filo.operational.team.queries import Figure, house_hours, is_worked, team_day, zone_of
from filo.operational.team.queries import Line as PersonLine
from filo.operational.team.spans import Span, span_of

MOST_DAYS_BACK = 14


def declare_digest() -> None:
    """Called once, when the program starts."""
    declare_part(
        DigestPart("team", gettext_lazy("Your team, on the last working day"), "/team/today", _lines), place=60
    )


def _lines(principal: Principal) -> list[Line]:
    if principal.scope("team", "view") <= Scope.OWN:
        return []
    span = _last_worked(principal)
    found = team_day(principal, span)
    address = f"/team/today?day={span.first.isoformat()}"
    told = [line for line in found.lines if line.person.pk != principal.user_id and not line.is_empty]
    return [Line(f"{line.person.name}: {_said(line)}", address) for line in told[:MOST_LINES]]


def _last_worked(principal: Principal) -> Span:
    zone, hours = zone_of(principal), house_hours()
    day = clock.today(zone) - timedelta(days=1)
    for _number in range(MOST_DAYS_BACK):
        if is_worked(hours, day):
            break
        day -= timedelta(days=1)
    return span_of("day", day, zone)


def _said(line: PersonLine) -> str:
    return " · ".join(_figure(figure) for figure in line.figures if figure.number or figure.planned) or _("nothing")


def _figure(figure: Figure) -> str:
    if not figure.planned:
        return figure.measure.said(figure.number) % {"number": figure.number}
    number = _("%(number)s of %(planned)s") % {"number": figure.number, "planned": figure.planned}
    return figure.measure.said(figure.planned) % {"number": number}
