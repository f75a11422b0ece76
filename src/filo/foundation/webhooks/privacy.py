"""What webhooks hold about people, and for how long."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.foundation.events.models import OutboxEvent
from filo.foundation.keeping import Held, KeptKind, deleted, keep
from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare
from filo.foundation.webhooks.models import OPEN, WebhookDelivery
from filo.foundation.webhooks.replaying import KEPT_DAYS


def _ended() -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.exclude(state__in=OPEN)


def _held(held: Held) -> Q:
    ids = [str(id_) for id_ in held.parties]
    about = OutboxEvent.objects.filter(Q(subject__in=held.parties) | Q(data__party__in=ids))
    return Q(subject__in=held.parties) | Q(event_id__in=about.values("event_id"))


keep(
    KeptKind(
        code="deliveries",
        label=_("Deliveries to webhooks"),
        what_goes=_("To whom an event was sent, and what came back"),
        rows=_ended,
        moment="created_at",
        purge=deleted(_ended),
        held=_held,
        house_days=KEPT_DAYS,
    )
)
declare(
    PersonalData(
        model="webhooks.WebhookDelivery",
        label=_("Deliveries to webhooks"),
        columns={"subject": Category.TECHNICAL, "body": Category.TECHNICAL, "error": Category.TECHNICAL},
        whose=(Whose.CUSTOMER,),
        purpose=_("Tell other programs what happened, and try again"),
        basis=Basis.INTEREST,
        party=("subject",),
        kept="deliveries",
    ),
    PersonalData(
        model="webhooks.WebhookAttempt",
        label=_("Attempts at deliveries"),
        columns={"answer": Category.TECHNICAL},
        whose=(Whose.CUSTOMER,),
        purpose=_("See why another program did not take an event"),
        basis=Basis.INTEREST,
        party=("delivery__subject",),
        kept="deliveries",
    ),
    PersonalData(
        model="webhooks.WebhookEndpoint",
        label=_("Webhooks"),
        columns={"created_by": Category.TECHNICAL},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Know who had events sent to another program"),
        basis=Basis.INTEREST,
        person=("created_by",),
        erasure=Erasure("anonymise", {"created_by": None}),
        kept_words=_("As long as the webhook"),
    ),
)
