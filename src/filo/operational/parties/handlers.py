"""What follows from what happens to parties: whoever works one from now on is told."""

from __future__ import annotations

from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.parties.events import RelationshipGiven
from filo.operational.parties.telling import GIVEN


@on(RelationshipGiven)
def tell_who_works_it(event: RelationshipGiven, meta: EventMeta) -> None:
    """A customer was given to people."""
    if is_news(meta.time):
        party = Subject("party", event.party)
        notify(GIVEN, event.people, subject=party, url=f"/parties/{event.party}", actor=meta.actor_id)
