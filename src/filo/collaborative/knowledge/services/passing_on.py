"""What a visitor of the knowledge base did not find goes to a person: a request with its number and a conversation."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.inbox.queries.senders import Sender
from filo.collaborative.inbox.services.arrivals import Arrived
from filo.collaborative.inbox.services.taking_in import take_in
from filo.collaborative.knowledge.models import Article
from filo.collaborative.mailroom.models import Mailbox
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.folding import clean_line, clean_text
from filo.operational.service.models import ServiceGroup, Ticket
from filo.operational.service.services import want_person

LIMIT = 20_000


@dataclass(frozen=True)
class Said:
    """What a visitor wrote, and who he says that he is; with a `telephone` he wants to be called."""

    subject: str
    text: str
    name: str
    address: str
    telephone: str = ""


def pass_on(
    principal: Principal,
    said: Said,
    *,
    article: Article | None,
    language: str,
    group: ServiceGroup | None = None,
    before: str = "",
    tag: str = "kb",
) -> Ticket:
    """Open a request of it, for the group of the article that he read before, else for `group`; gives the request.

    `before` is what else he did before he asked; `tag` says where he asked.

    Raises `InvalidFields` when nothing is asked, or the number cannot be one.
    """
    subject = clean_line(said.subject, max_length=300)
    if not subject:
        raise InvalidFields({"subject": _("Say what you want to know.")})
    group = (article.group if article else None) or group
    text = clean_text(said.text, max_length=LIMIT).strip() or subject
    if article:
        text += "\n\n" + _("Read before: %(title)s") % {"title": article.title}
    text += f"\n\n{before}" if before else ""
    arrived = Arrived(
        channel="form",
        sender=Sender(said.address.strip().lower(), clean_line(said.name, max_length=120)),
        subject=subject,
        text=text,
        reply_text=text,
        at=clock.now(),
        language=language,
        mailbox=_mailbox(group),
        group=group,
        tags=[tag],
    )
    with transaction.atomic():
        ticket = take_in(principal, arrived).conversation.ticket
        if ticket is None:  # a talk among machines has none: nobody who fills in a form is one
            raise InvalidFields({"address": _("We cannot answer to this address.")})
        way = "call" if said.telephone.strip() else "mail"
        return want_person(principal, ticket, way=way, telephone=said.telephone)


def _mailbox(group: ServiceGroup | None) -> Mailbox | None:
    """From where it is answered: the group's mailbox, else the first of the firm."""
    shared = Mailbox.objects.in_use().filter(owner=None).order_by("address")
    return (shared.filter(group=group).first() if group else None) or shared.first()
