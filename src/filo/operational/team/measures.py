"""The measures of calls, visits, tasks and requests, whose topics do not know the team."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.operational.activities.models import Task
from filo.operational.deals.models import Deal, DealStageChange
from filo.operational.interactions.models import Interaction
from filo.operational.service.models import Ticket
from filo.operational.team.figures import Measure, Row, declare_measure


def declare_measures() -> None:
    """Called once, when the program starts."""
    for code, label, icon, channel, place, said in _INTERACTIONS:
        declare_measure(
            Measure(
                code,
                label,
                icon,
                "interaction",
                _interactions,
                "author",
                "at",
                _told_interactions,
                Q(channel=channel),
                place,
                said=said,
            )
        )
    declare_measure(
        Measure(
            "tasks",
            gettext_lazy("Tasks done"),
            "square-check",
            "task",
            _tasks,
            "assignee",
            "done_at",
            _told_tasks,
            place=50,
            said=lambda number: ngettext("%(number)s task done", "%(number)s tasks done", number),
        )
    )
    for code, label, icon, moment, place, said in _TICKETS:
        told = _told_tickets(moment)
        declare_measure(
            Measure(code, label, icon, "ticket", _tickets, "assignee", moment, told, place=place, said=said)
        )
    _declare_deals()


def _declare_deals() -> None:
    declare_measure(
        Measure(
            "deals-moved",
            gettext_lazy("Deals moved on"),
            "arrow-right",
            "deal",
            _stage_changes,
            "actor",
            "at",
            _told_changes,
            place=40,
            said=lambda number: ngettext("%(number)s deal moved on", "%(number)s deals moved on", number),
        )
    )
    declare_measure(
        Measure(
            "deals-won",
            gettext_lazy("Deals won"),
            "badge-check",
            "deal",
            _deals,
            "owner",
            "closed_at",
            _told_deals,
            Q(state="won"),
            place=42,
            said=lambda number: ngettext("%(number)s deal won", "%(number)s deals won", number),
        )
    )


def _calls(number: int) -> str:
    return ngettext("%(number)s call", "%(number)s calls", number)


def _visits(number: int) -> str:
    return ngettext("%(number)s visit", "%(number)s visits", number)


def _mails(number: int) -> str:
    return ngettext("%(number)s mail noted", "%(number)s mails noted", number)


def _answered(number: int) -> str:
    return ngettext("%(number)s request answered", "%(number)s requests answered", number)


def _solved(number: int) -> str:
    return ngettext("%(number)s request solved", "%(number)s requests solved", number)


_INTERACTIONS = (
    ("calls", pgettext_lazy("of a team", "Calls"), "phone", "call", 10, _calls),
    ("visits", pgettext_lazy("of a team", "Visits"), "handshake", "meeting", 20, _visits),
    ("mails-noted", pgettext_lazy("of a team", "Mails noted"), "mail", "mail", 32, _mails),
)
_TICKETS = (
    ("requests-answered", gettext_lazy("Requests answered"), "life-buoy", "responded_at", 60, _answered),
    ("requests-solved", gettext_lazy("Requests solved"), "circle-check", "solved_at", 62, _solved),
)


def _interactions(principal: Principal) -> QuerySet[Any]:
    return Interaction.objects.visible_to(principal)


def _told_interactions(rows: Sequence[Any]) -> list[Row]:
    return [Row(row.at, row.subject or row.body[:120], f"/interactions/{row.id}", row.party_id) for row in rows]


def _tasks(principal: Principal) -> QuerySet[Any]:
    return Task.objects.visible_to(principal)


def _told_tasks(rows: Sequence[Any]) -> list[Row]:
    return [Row(row.done_at, row.title, f"/tasks/{row.id}", row.party_id) for row in rows]


def _tickets(principal: Principal) -> QuerySet[Any]:
    return Ticket.objects.visible_to(principal).filter(merged_into=None)


def _told_tickets(moment: str) -> Any:
    return lambda rows: [Row(getattr(row, moment), str(row), f"/tickets/{row.id}", row.party_id) for row in rows]


def _deals(principal: Principal) -> QuerySet[Any]:
    return Deal.objects.visible_to(principal).filter(deleted_at=None)


def _told_deals(rows: Sequence[Any]) -> list[Row]:
    return [Row(row.closed_at, row.title, f"/deals/{row.id}", row.party_id) for row in rows]


def _stage_changes(principal: Principal) -> QuerySet[Any]:
    """Moves from one stage to another: that a deal was opened is none."""
    moves = DealStageChange.objects.filter(deal__in=_deals(principal), from_stage__isnull=False)
    return moves.select_related("deal", "to_stage")


def _told_changes(rows: Sequence[Any]) -> list[Row]:
    return [
        Row(row.at, f"{row.deal.title} → {row.to_stage}", f"/deals/{row.deal_id}", row.deal.party_id) for row in rows
    ]
