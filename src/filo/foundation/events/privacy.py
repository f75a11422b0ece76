"""What the outbox of events holds about people, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.foundation.events.models import FailedDelivery, HandledEvent, OutboxEvent
from filo.foundation.events.retention import KEPT_DAYS
from filo.foundation.keeping import Held, KeptKind, keep
from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare


def _relayed() -> QuerySet[OutboxEvent]:
    stuck = FailedDelivery.objects.values("event_id")
    return OutboxEvent.objects.exclude(relayed_at=None).exclude(pk__in=stuck)


def _purge(keys: Sequence[Any]) -> None:
    HandledEvent.objects.filter(event_id__in=OutboxEvent.objects.filter(pk__in=keys).values("event_id")).delete()
    OutboxEvent.objects.filter(pk__in=keys).delete()


def _held(held: Held) -> Q:
    ids = [str(id_) for id_ in held.parties]
    return Q(subject__in=held.parties | held.people) | Q(data__party__in=ids) | Q(actor_id__in=held.people)


keep(
    KeptKind(
        code="events",
        label=_("Events that were told to all"),
        what_goes=_("That something happened, and the ids it is about"),
        rows=_relayed,
        moment="time",
        purge=_purge,
        held=_held,
        house_days=KEPT_DAYS,
    )
)
declare(
    PersonalData(
        model="events.OutboxEvent",
        label=_("Events"),
        columns={
            "subject": Category.TECHNICAL,
            "data": Category.TECHNICAL,
            "actor": Category.IDENTITY,
            "actor_id": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Tell other parts and programs what happened"),
        basis=Basis.INTEREST,
        party=lambda id_: Q(subject=id_) | Q(data__party=str(id_)),
        person=("actor_id",),
        erasure=Erasure("anonymise", {"actor": "", "actor_id": None}),
        kept="events",
    )
)
