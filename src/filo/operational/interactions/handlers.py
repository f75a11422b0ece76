"""What follows from what is written about customers: whoever is named in it is told."""

from __future__ import annotations

from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.interactions.events import ColleaguesMentioned
from filo.operational.interactions.telling import MENTIONED


@on(ColleaguesMentioned)
def tell_who_is_named(event: ColleaguesMentioned, meta: EventMeta) -> None:
    """Colleagues were named with @."""
    if is_news(meta.time):
        about, url = Subject("interaction", event.interaction), f"/interactions/{event.interaction}"
        notify(MENTIONED, event.people, subject=about, url=url, actor=meta.actor_id)
