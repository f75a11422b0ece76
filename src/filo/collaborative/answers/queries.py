"""What waits to be looked at, and how well the machine does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q

from filo.collaborative.answers.models import AutoReply, AutoReplyQuerySet
from filo.collaborative.inbox.models import Conversation
from filo.foundation.access.principal import Principal

TABS = {
    "waiting": Q(review="", outcome="answered"),
    "unhappy": Q(unhappy_at__isnull=False, person_at=None),
    "silent": Q(outcome="silent"),
    "receipts": Q(outcome="receipt"),
    "done": ~Q(review="") & Q(outcome="answered"),
}


def in_tab(principal: Principal, tab: str) -> AutoReplyQuerySet:
    """The answers of a tab, for who may read their conversations."""
    found: AutoReplyQuerySet = AutoReply.objects.visible_to(principal)
    return found.filter(TABS.get(tab, TABS["waiting"])).for_list()


def latest_of(principal: Principal, conversation: Conversation) -> AutoReply | None:
    """The last automatic answer of a conversation."""
    rows = AutoReply.objects.visible_to(principal).filter(conversation=conversation).for_list()
    return rows.exclude(outcome="silent").order_by("-at").first()


@dataclass(frozen=True)
class Standing:
    """What became of the questions of some days. `to_person`: how long those who were unhappy waited, at the mean."""

    questions: int
    answered: int
    receipts: int
    left: int
    corrected: int
    taken: int
    unhappy: int
    to_person: timedelta | None

    @property
    def right(self) -> int | None:
        """Of the looked-at answers, the hundredths that were right; None where nobody has looked yet."""
        looked_at = self.left + self.corrected
        return round(100 * self.left / looked_at) if looked_at else None


def standing(principal: Principal, since: datetime) -> Standing:
    """How well the machine has done since then, as far as this principal sees."""
    waited = ExpressionWrapper(F("person_at") - F("unhappy_at"), output_field=DurationField())
    answered = Q(outcome="answered")
    found = (
        AutoReply.objects.visible_to(principal)
        .filter(at__gte=since)
        .aggregate(
            questions=Count("pk"),
            answered=Count("pk", filter=answered),
            receipts=Count("pk", filter=Q(outcome="receipt")),
            left=Count("pk", filter=answered & Q(review="left")),
            corrected=Count("pk", filter=Q(review="corrected")),
            taken=Count("pk", filter=Q(review="taken")),
            unhappy=Count("pk", filter=Q(unhappy_at__isnull=False)),
            to_person=Avg(waited, filter=Q(unhappy_at__isnull=False, person_at__isnull=False)),
        )
    )
    return Standing(**found)
