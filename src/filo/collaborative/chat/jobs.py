"""Chats are offered again, told on cards, and ended by silence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.collaborative.chat.services import end_silent, offer_again
from filo.collaborative.chat.services.ending import tell_so_far
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import every


@every(seconds=10)
@job(label=_("Look after chats"), announced=False)
def look_after_chats(context: JobContext) -> dict[str, int]:
    """Those that nobody took go to the next; pauses are told on the card; an hour of silence ends them."""
    return {"offered": offer_again(), "told": tell_so_far(), "ended": end_silent()}
