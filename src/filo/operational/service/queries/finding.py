"""One request: by its number, by a link that a customer has, by whoever may see it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.service.models import GroupMember, ServiceGroup, Ticket
from filo.operational.service.numbers import read_number

SALT = "service.status"
LINK_DAYS = 180
MOST_MERGES = 20


def ticket_by_number(text: str) -> Ticket | None:
    """The request that somebody names, however he writes it; None for a wrong check digit or an unknown number.

    One that was merged into another is that other one. Who may see it is for the caller to ask.
    """
    serial = read_number(text)
    found = Ticket.objects.filter(serial=serial).first() if serial else None
    return kept_ticket(found) if found else None


def kept_ticket(ticket: Ticket) -> Ticket:
    """The request itself, or the one that it was merged into, however often that happened."""
    kept = ticket
    for _step in range(MOST_MERGES):
        if kept.merged_into_id is None:
            break
        kept = Ticket.objects.get(pk=kept.merged_into_id)
    return kept


def family_of(ticket: Ticket) -> list[UUID]:
    """The request and those that were merged into it: what was said about any of them belongs to it."""
    found = [ticket.id]
    below = found
    for _step in range(MOST_MERGES):
        below = list(Ticket.objects.filter(merged_into__in=below).exclude(pk__in=found).values_list("pk", flat=True))
        if not below:
            break
        found = [*found, *below]
    return found


def seen_ticket(principal: Principal, ticket_id: UUID) -> Ticket:
    """The request with this id, if this principal may see it. Raises `NotFound`."""
    rows = Ticket.objects.visible_to(principal).for_list().select_related("merged_into", "owner", "group__calendar")
    found = rows.filter(pk=ticket_id).first()
    if found is None:
        raise NotFound
    return found


def status_link(ticket: Ticket) -> str:
    """The customer's own way to the page of his request: signed, for this one purpose, good for half a year."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('service:status', args=[status_token(ticket)])}"


def status_token(ticket: Ticket) -> str:
    """What stands in that link."""
    return signing.dumps(str(ticket.pk), salt=SALT, compress=True)


def ticket_by_link(token: str) -> Ticket | None:
    """The request that a link leads to; None for one that is forged, of another purpose, or too old."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=LINK_DAYS * 86_400)
    except signing.BadSignature:
        return None
    found = Ticket.objects.select_related("group__calendar", "party").filter(pk=pk).first()
    return kept_ticket(found) if found else None


def members_of(group: ServiceGroup | None) -> list[UUID]:
    """The people of a group who still work here."""
    if group is None:
        return []
    return list(GroupMember.objects.filter(group=group, user__is_active=True).values_list("user", flat=True))
