"""What the mailroom holds about people, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.collaborative.mailroom.models import IncomingMail, State
from filo.foundation.files.models import StoredFile
from filo.foundation.files.places import place_of
from filo.foundation.files.services import forget_files
from filo.foundation.keeping import NOTHING, Held, KeptKind, Narrowing, Proposal, keep
from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare
from filo.operational.parties.models import ContactPoint


def _ended() -> QuerySet[IncomingMail]:
    return IncomingMail.objects.exclude(state=State.RECEIVED)


def _purge(keys: Sequence[Any]) -> None:
    mails = IncomingMail.objects.filter(pk__in=keys)
    raw = list(StoredFile.objects.filter(pk__in=mails.values("raw")))
    mails.delete()
    forget_files(raw)


def _held(held: Held) -> Q:
    addresses = sorted(held.addresses)
    return reduce(or_, (Q(sender__iexact=one) | Q(envelope_from__iexact=one) for one in addresses), NOTHING)


def _of_party(party_id: UUID) -> Q:
    points = ContactPoint.objects.filter(party=party_id, type__in=("email", "pec")).values("normalised")
    return Q(sender__in=points) | Q(envelope_from__in=points)


def _sources() -> list[Narrowing]:
    return [Narrowing(state.value, state.label, Q(state=state)) for state in State if state != State.RECEIVED]


keep(
    KeptKind(
        code="incoming-mails",
        label=_("Mails that came in, as they came"),
        what_goes=_("The raw mail with its files; what was said stays in its conversation"),
        rows=_ended,
        moment="received_at",
        purge=_purge,
        held=_held,
        sources=_sources,
        proposals=[Proposal(365)],
        seen=lambda principal: IncomingMail.objects.visible_to(principal),
    )
)
declare(
    PersonalData(
        model="mailroom.IncomingMail",
        label=_("Mails that came in"),
        columns={
            "sender": Category.CONTACT,
            "envelope_from": Category.CONTACT,
            "envelope_to": Category.CONTACT,
            "raw": Category.COMMUNICATION,
            "reason": Category.TECHNICAL,
            "error": Category.TECHNICAL,
            "facts": Category.COMMUNICATION,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Understand what customers write, and lose none of it"),
        basis=Basis.CONTRACT,
        party=_of_party,
        person=("mailbox__owner",),
        kept="incoming-mails",
        files=lambda mail: [(mail.raw.name, place_of(mail.raw.sha256))],
    ),
    PersonalData(
        model="mailroom.Mailbox",
        label=_("Mailboxes"),
        columns={
            "owner": Category.TECHNICAL,
            "address": Category.CONTACT,
            "name": Category.IDENTITY,
            "imap_user": Category.TECHNICAL,
        },
        whose=(Whose.COLLEAGUE,),
        purpose=_("Know for whom mail is accepted"),
        basis=Basis.CONTRACT,
        person=("owner",),
        erasure=Erasure("keep", why=_("It is the firm’s address, until somebody takes it away.")),
        kept_words=_("As long as the mailbox"),
    ),
)
