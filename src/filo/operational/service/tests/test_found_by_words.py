"""Requests are found by the words of who asked and of what was noted, by those who may see them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.search.sources import lines_with
from filo.operational.service.services import add_ticket_note, change_ticket
from filo.operational.service.tests.desk import Desk
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
Clients = Callable[[str], CheckedClient]


def found(desk: Desk, person: str, text: str) -> list[str]:
    return [line.url for line in lines_with(desk.principal(person), text, limit=10) if line.kind == "ticket"]


def test_by_what_was_asked_changed_and_noted(desk: Desk) -> None:
    ticket = desk.open("Cerniera cigolante")
    address = [f"/tickets/{ticket.pk}"]
    assert found(desk, "operator", "cerniere cigolanti") == address  # another form of the words
    change_ticket(desk.principal(), ticket, subject="Maniglia allentata")
    assert found(desk, "operator", "cigolante") == []
    add_ticket_note(desk.principal(), ticket, "Serve il ricambio zincato.")
    assert found(desk, "operator", "maniglia") == found(desk, "operator", "zincato") == address


def test_not_by_who_may_not_see_it(desk: Desk) -> None:
    desk.open("Cerniera cigolante", party="own")
    assert found(desk, "stranger", "cigolante") == []


def test_the_list_and_the_search_page_find_it(desk: Desk, client_of: Clients) -> None:
    ticket = desk.open("Cerniera cigolante")
    add_ticket_note(desk.principal(), ticket, "Serve il ricambio zincato.")
    for address in ("/tickets?q=zincato", "/search?q=zincato"):
        assert f"/tickets/{ticket.pk}" in client_of("operator").get(address).content.decode()
