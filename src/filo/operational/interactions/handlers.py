"""What follows from what is written about customers, and from their becoming one or two."""

from __future__ import annotations

from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.interactions.events import ColleaguesMentioned
from filo.operational.interactions.queries import unreached_outcomes
from filo.operational.interactions.telling import MENTIONED
from filo.operational.parties.events import PartiesMerged, PartiesUnmerged
from filo.operational.parties.services.rebuilding import reckon_contacts


@on(ColleaguesMentioned)
def tell_who_is_named(event: ColleaguesMentioned, meta: EventMeta) -> None:
    """Colleagues were named with @."""
    if is_news(meta.time):
        about, url = Subject("interaction", event.interaction), f"/interactions/{event.interaction}"
        notify(MENTIONED, event.people, subject=about, url=url, actor=meta.actor_id)


@on(PartiesMerged)
def reckon_contacts_of_one(event: PartiesMerged, meta: EventMeta) -> None:
    """Two cards became one: whose contact the last one was is another question now."""
    reckon_contacts([event.party, event.absorbed], unreached=unreached_outcomes())


@on(PartiesUnmerged)
def reckon_contacts_of_two(event: PartiesUnmerged, meta: EventMeta) -> None:
    """They are two again."""
    reckon_contacts([event.party, event.absorbed], unreached=unreached_outcomes())
