"""We write first: a conversation begins with a mail of ours, and the customer's answer goes on with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.queries.writing import addresses_of, mailboxes_to_write_from
from filo.collaborative.inbox.services.sending import Answer, send_message
from filo.collaborative.mailroom.models import Mailbox
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields, NotFound
from filo.foundation.folding import clean_line
from filo.operational.parties.models import Party
from filo.operational.parties.policies import PARTY_SEEN
from filo.operational.parties.queries.find import tie_with


@dataclass(frozen=True)
class Letter:
    """What is written, to which of the customer's addresses, from which mailbox; `files` as those of an answer."""

    to: str
    mailbox: Mailbox
    subject: str
    text: str
    cc: Sequence[str] = ()
    files: Sequence[tuple[UUID, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def write_mail(
    principal: Principal,
    party: Party,
    letter: Letter,
    *,
    leaves_at: datetime | None = None,
    automatic: bool = False,
) -> Message:
    """Begin a conversation with a customer; the mail leaves as answers do, and can be called back as they can.

    From a personal mailbox it is personal mail. No request is opened before he answers. Raises `NotFound` (the
    customer is not his to see), `Forbidden` (the mailbox is not his to use), `InvalidFields`.
    """
    if not PARTY_SEEN.allows(principal, party):
        raise NotFound
    if letter.mailbox not in mailboxes_to_write_from(principal):
        raise Forbidden
    subject = clean_line(letter.subject, max_length=300)
    point = next((point for point in addresses_of(party) if point.value == letter.to), None)
    problems = {}
    if point is None:
        problems["to"] = _("Choose one of the customer's addresses.")
    if not subject:
        problems["subject"] = _("Say what it is about.")
    if point is None or problems:
        raise InvalidFields(problems)
    with transaction.atomic():
        conversation = _begin(principal, party, letter.mailbox, subject=subject, address=point.normalised)
        answer = Answer(letter.text, subject=subject, cc=letter.cc, files=letter.files, headers=letter.headers)
        return send_message(principal, conversation, answer, leaves_at=leaves_at, automatic=automatic)


def _begin(principal: Principal, party: Party, mailbox: Mailbox, *, subject: str, address: str) -> Conversation:
    tie, private, moment = tie_with(party, mailbox.company_id), mailbox.is_personal, clock.now()
    conversation = Conversation.objects.create(
        subject=subject,
        channel="mail",
        mailbox=mailbox,
        party=party,
        contact_name=party.display_name[:200],
        contact_address=address,
        group=None if private else mailbox.group,
        assignee_id=principal.user_id,
        owner_id=mailbox.owner_id if private else tie.owner_id if tie else None,
        unit_id=tie.unit_id if tie and tie.unit_id else mailbox.group.unit_id if mailbox.group else principal.unit_id,
        company_id=mailbox.company_id or (tie.company_id if tie else None),
        language=party.language if party.language in ("it", "en") else "it",
        state="waiting",
        private=private,
        proved=True,
        started_at=moment,
        last_at=moment,
        last_direction="out",
    )
    record(principal, "conversation.begin", kind="conversation", object_id=conversation.id, changes={})
    return conversation
