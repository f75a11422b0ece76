"""Person × request: who sees and works which, held against what is written here by hand."""

from __future__ import annotations

import pytest

from filo.foundation.push.topics import may_listen
from filo.operational.service.models import Ticket
from filo.operational.service.policies import TICKET_EDITED, TICKET_SEEN
from filo.operational.service.services import assign_ticket
from filo.operational.service.tests.desk import POST, Desk
from filo.testing.api import api_of
from filo.testing.clients import client_of

pytestmark = pytest.mark.django_db
ALL = {"north", "south", "group", "given"}
# by-area: north is about a customer of the agent, south about one of the stranger; group is with the group of the
# operator and the inside colleague; given is nobody's customer and was given to the teammate.
SEES = {
    "admin": ALL,
    "boss": ALL,
    "inside": ALL,
    "operator": ALL,
    "manager": {"north"},
    "other_manager": {"south"},
    "agent": {"north"},
    "teammate": {"given"},
    "stranger": {"south"},
    "researcher": set(),
}
WORKS = SEES


@pytest.fixture
def tickets(desk: Desk) -> dict[str, Ticket]:
    found = {
        "north": desk.open("subject of north", party="own", group=False),
        "south": desk.open("subject of south", party="southern", group=False),
        "group": desk.open("subject of group"),
        "given": desk.open("subject of given", group=False),
    }
    found["given"] = assign_ticket(POST, found["given"], assignee_id=desk.world.people["teammate"].id)
    return found


@pytest.mark.parametrize("person", sorted(SEES))
def test_every_door_shows_what_one_sees(desk: Desk, tickets: dict[str, Ticket], person: str) -> None:
    principal, client = desk.world.principal(person), client_of(desk.world, person)
    page = client.get("/tickets?view=all").content.decode()
    answer = api_of(desk.world, person).ask("GET", "/tickets").json()
    for key, ticket in tickets.items():
        seen = key in SEES[person]
        assert TICKET_SEEN.allows(principal, ticket) == seen, key
        assert Ticket.objects.visible_to(principal).filter(pk=ticket.pk).exists() == seen, key
        assert (ticket.subject in page) == seen, key
        assert (ticket.number in [item["number"] for item in answer["items"]]) == seen, key
        assert client.get(f"/tickets/{ticket.id}").status_code == (200 if seen else 404), key
        assert may_listen(principal, f"ticket:{ticket.id}") == seen, key
        found = client.get(f"/search/commands?q={ticket.number}").content.decode()
        assert (f"/tickets/{ticket.id}" in found) == seen, key


@pytest.mark.parametrize("person", sorted(WORKS))
def test_every_door_changes_what_one_works(desk: Desk, tickets: dict[str, Ticket], person: str) -> None:
    principal, client = desk.world.principal(person), client_of(desk.world, person)
    for key, ticket in tickets.items():
        works = key in WORKS[person]
        assert (principal.may("ticket", "edit") and TICKET_EDITED.allows(principal, ticket)) == works, key
        answer = client.post(f"/tickets/{ticket.id}/state", {"state": "solved"})
        assert answer.status_code == (302 if works else 404), key


def test_the_figures_count_what_one_sees(desk: Desk, tickets: dict[str, Ticket]) -> None:
    for person, number in (("boss", 4), ("agent", 1), ("researcher", 0)):
        page = client_of(desk.world, person).get("/tickets/report").content.decode()
        assert f'<p class="value">{number}</p></a>' in page, person
