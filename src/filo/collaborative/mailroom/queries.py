"""Reads of mailboxes and of what was put aside."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from filo.collaborative.mailroom.models import IncomingMail, Mailbox, State
from filo.foundation.access.principal import Principal
from filo.foundation.errors import BadRequest, NotFound
from filo.foundation.web.paging import Key, Page, page_of

PAGE_SIZE = 50
NEWEST_FIRST = [Key("received_at", descending=True), Key("id", descending=True)]
SHOWN = (State.QUARANTINED, State.IGNORED, State.RECEIVED, State.TAKEN)


def seen_mailboxes(principal: Principal) -> QuerySet[Mailbox]:
    """Those that this principal may see, by address."""
    return Mailbox.objects.visible_to(principal).select_related("group", "owner", "company").order_by("address")


def seen_mailbox(principal: Principal, mailbox_id: UUID) -> Mailbox:
    """One mailbox. Raises `NotFound`."""
    found = seen_mailboxes(principal).filter(pk=mailbox_id).first()
    if found is None:
        raise NotFound
    return found


def seen_mails(principal: Principal, *, state: str = State.QUARANTINED, cursor: str = "") -> Page[IncomingMail]:
    """A page of mails in a state, the newest first. Raises `BadRequest`."""
    if state not in State.values:
        raise BadRequest(code="bad-state")
    found = IncomingMail.objects.visible_to(principal).select_related("mailbox").filter(state=state)
    return page_of(found, NEWEST_FIRST, size=PAGE_SIZE, cursor=cursor)


def counts_of(principal: Principal) -> dict[str, int]:
    """How many mails are in each state that a person has to do with."""
    seen = IncomingMail.objects.visible_to(principal)
    waiting = Count("pk", filter=Q(state=State.RECEIVED))
    aside = Count("pk", filter=Q(state=State.QUARANTINED))
    found = seen.filter(state__in=[State.RECEIVED, State.QUARANTINED]).aggregate(received=waiting, quarantined=aside)
    return {name: int(value) for name, value in found.items()}


def seen_mail(principal: Principal, mail_id: UUID) -> IncomingMail:
    """One mail. Raises `NotFound`."""
    found = IncomingMail.objects.visible_to(principal).select_related("mailbox", "raw").filter(pk=mail_id).first()
    if found is None:
        raise NotFound
    return found
