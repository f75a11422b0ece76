"""Reads of the outbox."""

from __future__ import annotations

from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.mail.models import OutgoingMail
from filo.foundation.web.paging import Key, Page, page_of

PAGE_SIZE = 50
NEWEST_FIRST = [Key("id", descending=True)]


def outbox_page(principal: Principal, *, cursor: str = "") -> Page[OutgoingMail]:
    """A page of mails, newest first, without their texts; raises `Forbidden` and `BadRequest`."""
    principal.require("settings", "view")
    found = OutgoingMail.objects.visible_to(principal).defer("text", "html", "headers")
    return page_of(found, NEWEST_FIRST, size=PAGE_SIZE, cursor=cursor)


def outgoing_mail(principal: Principal, mail_id: UUID) -> OutgoingMail:
    """One mail; raises `Forbidden`, and `NotFound` when it is not there."""
    principal.require("settings", "view")
    found = OutgoingMail.objects.visible_to(principal).filter(pk=mail_id).first()
    if found is None:
        raise NotFound
    return found
