"""What was published: after an id, lately, or missed while a page was away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from filo.foundation.push.models import PushMessage

Data = Mapping[str, str | int | None]

MOST_MISSED = 500
FARTHEST_BACK = 50_000


@dataclass(frozen=True)
class Message:
    """A message as pages get it."""

    id: int
    topic: str
    kind: str
    data: Data


def latest_id() -> int:
    """The id of the newest message, 0 when there is none."""
    return PushMessage.objects.aggregate(latest=Max("id"))["latest"] or 0


def messages_after(last: int, *, also: Collection[int] = (), limit: int = 1000) -> list[Message]:
    """Messages with an id above `last`, and those of `also` that exist by now, oldest first."""
    wanted = Q(id__gt=last) | Q(id__in=also) if also else Q(id__gt=last)
    return _read(PushMessage.objects.filter(wanted), limit)


def recent_messages(topics: Collection[str], *, seconds: int) -> list[Message]:
    """Messages on `topics` of the last seconds, oldest first."""
    start = timezone.now() - timedelta(seconds=seconds)
    return _read(PushMessage.objects.filter(topic__in=topics, at__gte=start), MOST_MISSED)


def missed_messages(topics: Collection[str], since: int) -> list[Message] | None:
    """Messages on `topics` after the id `since`; None when that is too long ago to tell."""
    ends = PushMessage.objects.aggregate(oldest=Min("id"), latest=Max("id"))
    oldest, latest = ends["oldest"] or 0, ends["latest"] or 0
    if since > latest or since + 1 < oldest or latest - since > FARTHEST_BACK:
        return None
    found = _read(PushMessage.objects.filter(topic__in=topics, id__gt=since), MOST_MISSED + 1)
    return found if len(found) <= MOST_MISSED else None


def _read(messages: QuerySet[PushMessage], limit: int) -> list[Message]:
    rows = messages.order_by("id").values_list("id", "topic", "kind", "data")
    return [Message(*row) for row in rows[:limit]]
