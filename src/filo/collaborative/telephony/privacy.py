"""What the telephone keeps about people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.collaborative.telephony.models import PhoneCall
from filo.foundation.access.principal import Principal
from filo.foundation.keeping import Held, KeptKind, Narrowing, Proposal, keep
from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare
from filo.operational.parties.services.timeline import untell_many


def _all() -> QuerySet[PhoneCall]:
    return PhoneCall.objects.all()


def _purge(keys: Sequence[Any]) -> None:
    """The calls, and the lines that their ends left on cards."""
    untell_many("phone-call", keys)
    _all().filter(pk__in=keys).delete()


def _purposes() -> list[Narrowing]:
    return [
        Narrowing("known", _("with somebody who has a card"), Q(party__isnull=False)),
        Narrowing("unknown", _("with numbers that nobody has"), Q(party=None)),
    ]


def _seen(principal: Principal) -> QuerySet[PhoneCall]:
    return PhoneCall.objects.visible_to(principal).select_related("party")


def _said(call: PhoneCall) -> str:
    who = call.party if call.party_id else call.shown_number
    return " · ".join(str(part) for part in (call.get_direction_display(), who) if part)


def _held(held: Held) -> Q:
    return Q(party__in=held.parties) | Q(person__in=held.people)


keep(
    KeptKind(
        code="phone-calls",
        label=_("Telephone calls"),
        what_goes=_("That there was a call; what was written up of it stays"),
        rows=_all,
        moment="began_at",
        purge=_purge,
        held=_held,
        purposes=_purposes,
        proposals=[Proposal(90, purpose="unknown"), Proposal(730, purpose="known")],
        seen=_seen,
        said=_said,
    )
)
declare(
    PersonalData(
        model="telephony.PhoneCall",
        label=_("Telephone calls"),
        columns={
            "number": Category.CONTACT,
            "said": Category.CONTACT,
            "party": Category.BEHAVIOUR,
            "person": Category.IDENTITY,
            "recording": Category.BEHAVIOUR,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Know who calls, and call back"),
        basis=Basis.CONTRACT,
        party=("party",),
        person=("person",),
        erasure=Erasure("delete"),
        kept="phone-calls",
    ),
    PersonalData(
        model="telephony.PhoneSeat",
        label=_("Who sits at which telephone"),
        columns={"user": Category.IDENTITY, "extension": Category.CONTACT},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Ring the telephone of the right colleague"),
        basis=Basis.CONTRACT,
        person=("user",),
        kept_words=_("Until somebody takes them away"),
    ),
)
