"""What was said with customers: for how long it is kept, and what it holds about people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.keeping import Held, KeptKind, Narrowing, Proposal, keep
from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare
from filo.foundation.search import services as search
from filo.operational.interactions.findable import KIND
from filo.operational.interactions.models import CHANNELS, Interaction, InteractionActor
from filo.operational.parties.models import Party, TimelineEntry
from filo.operational.parties.services.timeline import untell_many


def _all() -> QuerySet[Interaction]:
    return Interaction.objects.all()


def _purge(keys: Sequence[Any]) -> None:
    """The interactions, and their lines on every card they stand on."""
    untell_many("interaction", keys)
    search.forget_notes(KIND, keys)
    _all().filter(pk__in=keys).delete()


def _held(held: Held) -> Q:
    """About somebody who is held: with him, with him as somebody present, or told on his card."""
    present = InteractionActor.objects.filter(Q(party__in=held.parties) | Q(user__in=held.people))
    told = TimelineEntry.objects.filter(party__in=held.parties, reference_kind="interaction")
    return (
        Q(party__in=held.parties)
        | Q(pk__in=present.values("interaction"))
        | Q(pk__in=told.exclude(reference_id=None).values("reference_id"))
        | Q(author__in=held.people)
    )


def _sources() -> list[Narrowing]:
    return [Narrowing(code, label, Q(channel=code)) for code, label in CHANNELS]


def _purposes() -> list[Narrowing]:
    customers = Q(relationship__stage="customer")
    return [
        Narrowing("contract", _("with customers"), customers),
        Narrowing("prospecting", _("with those who are no customers (yet)"), ~customers),
    ]


def _seen(principal: Principal) -> QuerySet[Interaction]:
    found: QuerySet[Interaction] = Interaction.objects.visible_to(principal).for_list()
    return found.filter(party__in=Party.objects.visible_to(principal))


def _words_about(party_id: UUID) -> Q:
    """The words of what was written about a party: on its card, and with it."""
    return Q(kind="party", object_id=party_id) | Q(
        kind=KIND, object_id__in=_all().filter(party=party_id).order_by().values("pk")
    )


def _said(found: Interaction) -> str:
    what = found.subject or found.body[:80]
    return " · ".join(str(part) for part in (found.get_channel_display(), found.party, what) if part)


keep(
    KeptKind(
        code="interactions",
        label=_("Calls, meetings, notes, letters"),
        what_goes=_("The whole of it, with its line in the story"),
        rows=_all,
        moment="at",
        purge=_purge,
        held=_held,
        sources=_sources,
        purposes=_purposes,
        proposals=[Proposal(730, purpose="prospecting"), Proposal(3650, purpose="contract")],
        seen=_seen,
        said=_said,
        address=lambda found: f"/interactions/{found.id}",
    )
)
declare(
    PersonalData(
        model="interactions.Interaction",
        label=_("Calls, meetings, notes, letters"),
        columns={
            "channel": Category.BEHAVIOUR,
            "at": Category.BEHAVIOUR,
            "minutes": Category.BEHAVIOUR,
            "subject": Category.COMMUNICATION,
            "body": Category.COMMUNICATION,
            "number": Category.CONTACT,
            "outcome": Category.COMMUNICATION,
            "author": Category.IDENTITY,
            "owner": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Serve customers: know what was said and agreed"),
        basis=Basis.CONTRACT,
        party=("party", "actors__party"),
        person=("author", "owner", "actors__user"),
        kept="interactions",
    ),
    PersonalData(
        model="interactions.Call",
        label=_("Calls that are not written up yet"),
        columns={
            "number": Category.CONTACT,
            "started_at": Category.BEHAVIOUR,
            "ended_at": Category.BEHAVIOUR,
            "subject": Category.COMMUNICATION,
            "body": Category.COMMUNICATION,
            "next_title": Category.COMMUNICATION,
            "person": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Serve customers: know what was said and agreed"),
        basis=Basis.CONTRACT,
        party=("party",),
        person=("person",),
        erasure=Erasure("delete"),
        kept_words=_("Until it is written up, and thirty days more"),
    ),
    PersonalData(
        model="search.SearchNote",
        label=_("Words by which notes and conversations are found"),
        columns={"text": Category.COMMUNICATION, "object_id": Category.TECHNICAL},
        whose=(Whose.CUSTOMER,),
        purpose=_("Find customers by what was written about them"),
        basis=Basis.CONTRACT,
        party=_words_about,
        kept_words=_("As long as what they find"),
    ),
    PersonalData(
        model="interactions.InteractionFile",
        label=_("Files of calls, meetings, notes, letters"),
        columns={"text": Category.COMMUNICATION, "file": Category.COMMUNICATION},
        whose=(Whose.CUSTOMER,),
        purpose=_("Serve customers: know what was said and agreed"),
        basis=Basis.CONTRACT,
        party=("interaction__party",),
        erasure=Erasure("delete"),
        kept="interactions",
    ),
    PersonalData(
        model="interactions.InteractionActor",
        label=_("Who took part"),
        columns={"party": Category.BEHAVIOUR, "user": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Serve customers: know what was said and agreed"),
        basis=Basis.CONTRACT,
        party=("party",),
        person=("user",),
        erasure=Erasure("delete"),
        kept="interactions",
    ),
    PersonalData(
        model="interactions.InteractionMention",
        label=_("Colleagues named in a text"),
        columns={"user": Category.BEHAVIOUR, "handle": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Tell people of what concerns them"),
        basis=Basis.INTEREST,
        person=("user",),
        kept="interactions",
    ),
)
