"""Who is there to take a chat, and how long one waits for him."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from statistics import median
from uuid import UUID

from django.db.models import Count, Max, Q

from filo.collaborative.chat.models import Chat, ChatDesk
from filo.foundation import clock
from filo.operational.service.models import GroupMember, ServiceGroup

# A page says every twenty seconds that it is there.
THERE_FOR = timedelta(seconds=60)
LATELY, MOST, USUAL = timedelta(days=30), 50, 60


def desks_of(group: ServiceGroup | UUID | None) -> list[ChatDesk]:
    """The desks that are open and manned, of a group's people, or of all."""
    rows = ChatDesk.objects.filter(open=True, beat_at__gte=clock.now() - THERE_FOR, user__is_active=True)
    if group is not None:
        rows = rows.filter(user__in=GroupMember.objects.filter(group=group).values("user"))
    return list(rows.select_related("user"))


def somebody_there(group: ServiceGroup | UUID | None) -> bool:
    """Whether anybody takes chats now: of this group, or else of any, since a person is better than none."""
    return bool(desks_of(group) or desks_of(None))


def least_busy(group: ServiceGroup | UUID | None, language: str, *, without: Collection[UUID] = ()) -> ChatDesk | None:
    """The desk for the next chat: one that has room, who speaks the language first, then the least busy, then who has
    waited longest for one.
    """
    desks = [one for one in desks_of(group) or desks_of(None) if one.user_id not in without]
    rows = Chat.objects.going_on().filter(operator__in=[one.user_id for one in desks]).values("operator")
    load = {row["operator"]: row["n"] for row in rows.annotate(n=Count("id")).order_by()}
    last = dict(
        Chat.objects.filter(operator__in=[one.user_id for one in desks])
        .order_by()
        .values_list("operator")
        .annotate(Max("began_at"))
    )
    free = [one for one in desks if load.get(one.user_id, 0) < one.most]
    oldest = clock.now() - timedelta(days=36_500)
    return min(
        free,
        key=lambda one: (
            (one.user.language or "it")[:2] != language[:2],
            load.get(one.user_id, 0),
            last.get(one.user_id, oldest),
            str(one.user_id),
        ),
        default=None,
    )


def seconds_to_wait(group: ServiceGroup | UUID | None) -> int:
    """How long one waits for a person, as it went lately, longer where others wait already."""
    rows = Chat.objects.filter(taken_at__isnull=False, began_at__gte=clock.now() - LATELY)
    rows = rows.filter(group=group) if group else rows
    taken = [(one.taken_at - one.began_at).total_seconds() for one in rows.order_by("-began_at")[:MOST] if one.taken_at]
    usual = median(taken) if taken else USUAL
    ahead = Chat.objects.filter(Q(group=group) if group else Q(), state="waiting").count()
    return int(usual * max(1, ahead))
