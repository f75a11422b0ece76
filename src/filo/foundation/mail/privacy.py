"""What the outbox holds about people, and for how long."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.foundation.keeping import NOTHING, Held, KeptKind, Narrowing, Proposal, deleted, keep
from filo.foundation.mail.models import MailState, OutgoingMail
from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

ENDED = (MailState.SENT, MailState.FAILED, MailState.UNKNOWN, MailState.HELD, MailState.RETURNED)


def _ended() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(state__in=ENDED)


def _held(held: Held) -> Q:
    return reduce(or_, (Q(to__iexact=address) for address in sorted(held.addresses)), NOTHING)


def _sources() -> list[Narrowing]:
    return [Narrowing(state.value, state.label, Q(state=state)) for state in ENDED]


keep(
    KeptKind(
        code="mails",
        label=_("Mails that Filo sent"),
        what_goes=_("The mail with its text and address"),
        rows=_ended,
        moment="created_at",
        purge=deleted(_ended),
        held=_held,
        sources=_sources,
        proposals=[Proposal(365)],
        seen=lambda principal: OutgoingMail.objects.visible_to(principal),
    )
)
declare(
    PersonalData(
        model="mail.OutgoingMail",
        label=_("Mails that Filo sent"),
        columns={
            "to": Category.CONTACT,
            "cc": Category.CONTACT,
            "sender": Category.CONTACT,
            "reply_to": Category.CONTACT,
            "envelope_sender": Category.TECHNICAL,
            "subject": Category.COMMUNICATION,
            "text": Category.COMMUNICATION,
            "html": Category.COMMUNICATION,
            "headers": Category.TECHNICAL,
            "error": Category.TECHNICAL,
            "sent_at": Category.BEHAVIOUR,
            "bounced_at": Category.BEHAVIOUR,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Send what was asked for, and see whether it arrived"),
        basis=Basis.CONTRACT,
        kept="mails",
    )
)
