"""Tell open pages what changed, and forget what no page can still want to hear."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from filo.foundation import clock
from filo.foundation.bulk import insert
from filo.foundation.push import wakeups
from filo.foundation.push.models import PushMessage
from filo.foundation.push.queries import Data, latest_id

log = logging.getLogger(__name__)
KEPT_HOURS = 24

# One round trip that waits for no disk: what goes with the machine's power concerned pages that went too.
_INSERT_AND_NOTIFY = """
WITH written AS (
  INSERT INTO push_pushmessage (topic, kind, data, at) VALUES (%s, %s, %s::jsonb, now()) RETURNING id
)
SELECT pg_notify('filo_push', id::text), set_config('synchronous_commit', 'off', true) FROM written
"""
_INSERT_MANY_AND_NOTIFY = """
WITH written AS (
  INSERT INTO push_pushmessage (topic, kind, data, at) SELECT told, %s, '{}'::jsonb, now() FROM unnest(%s::text[]) told
  RETURNING id
)
SELECT pg_notify('filo_push', max(id)::text), set_config('synchronous_commit', 'off', true) FROM written
"""


def publish(topic: str, kind: str, **data: str | int | None) -> None:
    """Tell the pages that show `topic` ("party:<uuid>") that a thing of this `kind` changed, once committed.

    `data` is for ids and versions, never content: pages fetch what they may see through their own doors. `by`
    names the page that the change came from. What is told about the past (`clock.at`) concerns no open page.
    """
    if timezone.now() - clock.now() > timedelta(hours=1):
        return
    if connection.vendor == "sqlite":  # one writer at a time: ids are in the order of commits, so no second commit
        insert(PushMessage, [PushMessage(topic=topic, kind=kind, data=data)])
        transaction.on_commit(_wake, robust=True)
    else:  # written after the commit: an id is visible a moment after it is given, however long a verb takes
        transaction.on_commit(partial(_write_and_wake, topic, kind, data), robust=True)


def publish_many(topics: Iterable[str], kind: str) -> None:
    """The same for many topics, in one statement."""
    told = list(topics)
    if not told or timezone.now() - clock.now() > timedelta(hours=1):
        return
    if connection.vendor == "sqlite":
        insert(PushMessage, [PushMessage(topic=topic, kind=kind) for topic in told])
        transaction.on_commit(_wake, robust=True)
    else:
        transaction.on_commit(partial(_write_many_and_wake, told, kind), robust=True)


def forget_old(*, hours: int = KEPT_HOURS) -> int:
    """Delete what is older than `hours`, but for the newest message, which keeps the count of ids."""
    old = PushMessage.objects.filter(at__lt=timezone.now() - timedelta(hours=hours), id__lt=latest_id())
    return old.delete()[0]


def _write_and_wake(topic: str, kind: str, data: Data) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_AND_NOTIFY, [topic, kind, json.dumps(data)])
    _wake()


def _write_many_and_wake(topics: list[str], kind: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_MANY_AND_NOTIFY, [kind, topics])
    _wake()


def _wake() -> None:
    wakeups.wake_this_process()
    if wakeups.redis_url():
        from filo.foundation.push.over_redis import tell  # loads redis only where it is used

        tell(wakeups.redis_url())
