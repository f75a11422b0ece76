"""How long a group promises to take until it answers, and until it has solved a request."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from filo.operational.service.models import ServiceGroup, ServiceTarget, Ticket

# Of the time that its group promises, so much is left to a request of this priority, where no target says otherwise.
SHARE = {"urgent": 0.25, "high": 0.5, "normal": 1.0, "low": 2.0}
NORMAL_RESPONSE, NORMAL_SOLUTION = 240, 1440


def minutes_promised(ticket: Ticket, group: ServiceGroup | None) -> tuple[int, int]:
    """Minutes of work until the answer and until the solution, by the target that says most about such a request."""
    wanted = Q(type__in=("", ticket.type), priority__in=("", ticket.priority))
    targets = list(ServiceTarget.objects.filter(wanted, Q(group=None) | Q(group=group) if group else Q(group=None)))
    if targets:
        best = _closest(targets)
        if best.priority:
            return best.respond_within, best.solve_within
        return _shared(ticket, best.respond_within, best.solve_within)
    if group is None:
        return _shared(ticket, NORMAL_RESPONSE, NORMAL_SOLUTION)
    return _shared(ticket, group.respond_within, group.solve_within)


def _closest(targets: Iterable[ServiceTarget]) -> ServiceTarget:
    """The group says more than the type, and the type more than the priority."""
    return max(targets, key=lambda target: (target.group_id is not None, bool(target.type), bool(target.priority)))


def _shared(ticket: Ticket, respond: int, solve: int) -> tuple[int, int]:
    share = SHARE[ticket.priority]
    return max(1, round(respond * share)), max(1, round(solve * share))
