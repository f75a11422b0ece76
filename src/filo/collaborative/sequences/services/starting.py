"""A customer is put into a sequence, in a conversation or from his card."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.collaborative.inbox.queries.writing import addresses_of, mailboxes_to_write_from
from filo.collaborative.inbox.ready import values_of
from filo.collaborative.mailroom.models import Mailbox
from filo.collaborative.sequences.due import after_days
from filo.collaborative.sequences.models import REASONS, Enrolment, Sequence
from filo.collaborative.sequences.queries.limits import reason_to_stop
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, NotFound
from filo.foundation.hours.reckoning import NeverOpen
from filo.foundation.hours.services import default_calendar, hours_of
from filo.foundation.placeholders import fill
from filo.operational.parties.models import Party
from filo.operational.parties.policies import PARTY_SEEN
from filo.operational.parties.services.timeline import page_changed


class CannotStart(DomainError):
    """This customer cannot be put into this sequence now."""

    code = "cannot-start"


def start_sequence(
    principal: Principal, sequence: Sequence, party: Party, conversation: Conversation | None = None
) -> Enrolment:
    """The first mail leaves when it is due; without a conversation it begins one.

    Raises `NotFound` (the customer is not his to see), `Forbidden` (he may not write there), `MissingValue` (a text
    has a place that there is nothing to put in for), `CannotStart`.
    """
    _require(principal, sequence, party, conversation)
    moment = clock.now()
    with transaction.atomic():
        locked = Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
        language = conversation.language if conversation else locked.language
        enrolment = Enrolment(
            sequence=sequence,
            party=locked,
            conversation=conversation,
            starter_id=principal.user_id,
            language="en" if language.startswith("en") else "it",
            started_at=moment,
        )
        if reason := reason_to_stop(enrolment):
            raise CannotStart(str(REASONS[reason]))
        steps = list(sequence.steps.all())
        if not steps or not sequence.active:
            raise CannotStart(_("This sequence has no mails, or rests."))
        for step in steps:
            for text in step.words(enrolment.language):
                fill(text, values_of(talk_with(enrolment, sequence.mailbox), principal))
        try:
            enrolment.due_at = after_days(hours_of(default_calendar()), moment, steps[0].after_days)
        except NeverOpen:
            raise CannotStart(_("The calendar of the house has no hours of work.")) from None
        enrolment.save(force_insert=True)
        changes = {"sequence": (None, sequence.name), "party": (None, str(party.pk))}
        record(principal, "sequence.start", kind="sequence-run", object_id=enrolment.id, changes=changes)
        page_changed(principal, [party.pk], "timeline")
    return enrolment


def talk_with(enrolment: Enrolment, mailbox: Mailbox | None) -> Conversation:
    """The conversation, or before the first mail one like it will be: for what is put into texts."""
    party = enrolment.party
    new = Conversation(
        party=party,
        contact_name=party.display_name,
        company=mailbox.company if mailbox else None,
        group=mailbox.group if mailbox else None,
    )
    return enrolment.conversation or new


def mailbox_for(principal: Principal, sequence: Sequence) -> Mailbox | None:
    """What a talk begins from: the sequence's if one may use it, else one's own, else the first of the firm's."""
    usable = mailboxes_to_write_from(principal)
    if sequence.mailbox_id:
        return next((box for box in usable if box.pk == sequence.mailbox_id), None)
    return next((box for box in usable if box.is_personal), usable[0] if usable else None)


def _require(principal: Principal, sequence: Sequence, party: Party, conversation: Conversation | None) -> None:
    if sequence.owner_id not in (None, principal.user_id):
        raise NotFound
    if conversation is not None:
        if not CONVERSATION_EDITED.allows(principal, conversation):
            raise Forbidden
        if conversation.party_id != party.pk or not conversation.contact_address:
            raise CannotStart(_("There is no address to write to."))
        return
    if not PARTY_SEEN.allows(principal, party):
        raise NotFound
    if mailbox_for(principal, sequence) is None:
        raise Forbidden
    if not addresses_of(party):
        raise CannotStart(str(REASONS["address"]))
