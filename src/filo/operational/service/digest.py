"""What the digest tells of requests: one's own, and those of one's groups that nobody has, late or due in a day."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.notices.digests import MOST_LINES, DigestPart, Line, declare_part
from filo.operational.service.models import GroupMember, Ticket

AHEAD = timedelta(days=1)


def declare_digest() -> None:
    """Called once, when the program starts."""
    declare_part(DigestPart("tickets", gettext_lazy("Requests at risk"), "/tickets", _at_risk), place=30)


def _at_risk(principal: Principal) -> list[Line]:
    if principal.user_id is None:
        return []
    groups = GroupMember.objects.filter(user=principal.user_id).values("group")
    mine = Q(assignee=principal.user_id) | Q(assignee=None, group__in=groups)
    found = Ticket.objects.visible_to(principal).filter(mine, state__in=("new", "open"), merged_into=None)
    rows = found.filter(owed_by__lte=clock.now() + AHEAD).order_by("owed_by", "id")
    return [_line(ticket) for ticket in rows[:MOST_LINES]]


def _line(ticket: Ticket) -> Line:
    name = str(ticket)
    owed_by = ticket.owed_by
    is_late = owed_by is not None and owed_by < clock.now()
    words = _("Late: %(title)s") % {"title": name} if is_late else name
    return Line(words, reverse("service:ticket", args=[ticket.id]))
