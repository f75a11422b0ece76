"""The digest tells of requests at risk: one's own, and one's group's that nobody has; not those of others."""

from __future__ import annotations

from datetime import timedelta

from filo.foundation import clock
from filo.foundation.notices.digests import day_of_person
from filo.operational.service.tests.desk import desk_of
from filo.testing.world import World


def told(world: World, name: str) -> list[str]:
    parts = {part.code: lines for part, lines in day_of_person(world.principal(name))}
    return [line.words for line in parts.get("tickets", ())]


def test_what_is_late_in_ones_group_is_told_to_its_people_alone(world: World) -> None:
    ticket = desk_of(world).open("Anta rotta")
    assert ticket.owed_by is not None
    with clock.at(ticket.owed_by - timedelta(days=2)):
        assert told(world, "operator") == []
    with clock.at(ticket.owed_by - timedelta(hours=3)):
        assert told(world, "operator") == [f"{ticket.number} Anta rotta"]
    with clock.at(ticket.owed_by + timedelta(hours=1)):
        assert told(world, "operator") == told(world, "inside") == [f"In ritardo: {ticket.number} Anta rotta"]
        assert told(world, "agent") == []
