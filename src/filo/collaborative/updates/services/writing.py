"""A customer is written to about his order, in one conversation for all that happens to it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.queries.writing import addresses_of
from filo.collaborative.inbox.services.sending import Answer, send_message
from filo.collaborative.inbox.services.working import assign
from filo.collaborative.inbox.services.writing import Letter, write_mail
from filo.collaborative.mailroom.models import Mailbox
from filo.collaborative.updates.letters import subject_of
from filo.collaborative.updates.models import OrderLetter
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import person_by_id, principal_of
from filo.operational.orders.models import Order
from filo.operational.orders.services.changing import locked_order
from filo.operational.parties.models import Party, PartyRelation
from filo.operational.parties.policies import CONTACT_ROLES


def write_about(principal: Principal, order: Order, *, kind: str, about: str, text: str) -> OrderLetter | None:
    """Write once about a thing; the mail leaves with the commit.

    None where the order has no address that is the customer's or of its people, or no mailbox of ours to write from.
    """
    with transaction.atomic():
        locked = locked_order(order)
        if known := OrderLetter.objects.filter(order=locked, kind=kind, about=about).first():
            return known
        message = _sent(principal, locked, text)
        if message is None:
            return None
        return OrderLetter.objects.create(
            order=locked,
            conversation_id=message.conversation_id,
            message=message,
            kind=kind,
            about=about,
            at=clock.now(),
        )


def _sent(principal: Principal, order: Order, text: str) -> Message | None:
    if conversation := conversation_of(order.pk):
        return send_message(principal, conversation, Answer(text, quoted=False), automatic=True)
    mailbox, wanted = mailbox_for(order), order.mail_to.strip().casefold()
    found = _addressee(order.party, wanted)
    if mailbox is None or found is None:
        return None
    party, to = found
    message = write_mail(principal, party, Letter(to, mailbox, subject_of(order), text), automatic=True)
    _to_its_owner(principal, order, message.conversation)
    return message


def _addressee(party: Party, wanted: str) -> tuple[Party, str] | None:
    """Who has this address, as it is written there: the customer, else one of its people."""
    ties = PartyRelation.objects.filter(to_party=party, role__in=CONTACT_ROLES)
    people = Party.objects.filter(pk__in=ties.values("from_party"), deleted_at=None)
    known = ((one, point) for one in (party, *people) for point in addresses_of(one))
    return next(((one, point.value) for one, point in known if point.normalised.casefold() == wanted), None)


def _to_its_owner(principal: Principal, order: Order, conversation: Conversation) -> None:
    """Whoever has the order is told of answers, if his role lets him work conversations."""
    person = person_by_id(str(order.owner_id)) if order.owner_id else None
    if person is not None and principal_of(person).may("conversation", "edit"):
        assign(principal, conversation, person.pk)


def conversation_of(order_id: UUID) -> Conversation | None:
    """The talk about an order, if it was written about."""
    letter = OrderLetter.objects.filter(order=order_id).select_related("conversation__mailbox").last()
    return letter.conversation if letter else None


def mailbox_for(order: Order) -> Mailbox | None:
    """The firm's mailbox that writes for the company that sells: its own, else one of the whole group."""
    rows = Mailbox.objects.in_use().filter(owner=None).select_related("group", "company").order_by("address")
    found = [one for one in rows if one.company_id in (None, order.company_id)]
    return min(found, key=lambda one: (one.company_id is None, one.address), default=None)
