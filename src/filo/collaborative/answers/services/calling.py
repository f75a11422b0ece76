"""Who is unhappy and still waits after half an hour of work is brought before the whole group once more."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from filo.collaborative.answers.models import AutoReply
from filo.collaborative.answers.telling import STILL_WAITING
from filo.foundation import clock
from filo.foundation.hours.services import default_calendar, working_time
from filo.foundation.notices.services.telling import Subject, notify
from filo.operational.service.queries import members_of

PATIENCE = timedelta(minutes=30)
AT_ONCE = 200


def call_again() -> int:
    """Tell everybody of the group of those who wait too long; each once. Gives how many were called for."""
    called = 0
    rows = AutoReply.objects.exclude(unhappy_at=None).filter(person_at=None, called_at=None)
    for answer in rows.select_related("conversation__group__calendar").order_by("unhappy_at")[:AT_ONCE]:
        assert answer.unhappy_at is not None  # noqa: S101
        group, moment = answer.conversation.group, clock.now()
        calendar = group.calendar if group and group.calendar else default_calendar()
        if working_time(calendar, answer.unhappy_at, moment) < PATIENCE:
            continue
        with transaction.atomic():
            if not AutoReply.objects.filter(pk=answer.pk, called_at=None).update(called_at=moment):
                continue
            people = {*members_of(group), answer.conversation.assignee_id}
            about, url = Subject("conversation", answer.conversation_id), f"/inbox/{answer.conversation_id}"
            notify(STILL_WAITING, people, subject=about, url=url)
            called += 1
    return called
