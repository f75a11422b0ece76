"""A notice about a customer, as several tests need one."""

from __future__ import annotations

from filo.foundation.notices.models import Notice
from filo.foundation.notices.services.telling import Subject, notify
from filo.testing.world import World


def give(world: World, party: str, *people: str, by: str | None = "manager", key: str | None = None) -> int:
    """The manager gives a customer to people."""
    subject = Subject("party", world.parties[party].id)
    ids = [world.people[name].id for name in people]
    actor = world.people[by].id if by else None
    return notify("party.given", ids, subject=subject, url=f"/parties/{subject.id}", actor=actor, key=key)


def only_notice() -> Notice:
    """The one that there is."""
    return Notice.objects.get()
