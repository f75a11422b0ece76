"""A desk for tests: a group with its people, and requests that stand on it."""

from __future__ import annotations

from dataclasses import dataclass

from filo.foundation.access.principal import Principal, system
from filo.operational.service.models import GroupMember, ServiceGroup, Ticket
from filo.operational.service.services import open_ticket
from filo.testing.world import World

POST = system("mail")


@dataclass
class Desk:
    """The group of the operator and the inside colleague; `open` opens a request in it."""

    world: World
    group: ServiceGroup

    def principal(self, name: str = "operator") -> Principal:
        return self.world.principal(name)

    def open(self, subject: str = "Anta rotta", *, party: str = "", group: bool = True, **facts: str) -> Ticket:
        ticket = open_ticket(
            POST,
            subject=subject,
            party=self.world.parties[party] if party else None,
            group=self.group if group else None,
            type=facts.get("type", "question"),
            priority=facts.get("priority", "normal"),
            contact_address=facts.get("contact_address", "rossi@example.com"),
        )
        return Ticket.objects.select_related("group", "party").get(pk=ticket.pk)


def desk_of(world: World) -> Desk:
    """A group that answers within four hours of work and solves within eight."""
    group = ServiceGroup.objects.create(
        code="care", name="Assistenza", respond_within=240, solve_within=480, company=world.companies["moda"]
    )
    for name in ("operator", "inside"):
        GroupMember.objects.create(group=group, user=world.people[name])
    return Desk(world, group)
