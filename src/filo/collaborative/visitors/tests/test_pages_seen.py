"""The pages that a customer agreed to be kept: for the colleagues who see him, in his copy, and not without end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from filo.collaborative.visitors.models import PageView, Visitor
from filo.collaborative.visitors.services import begin_visit, recognise, set_history
from filo.collaborative.visitors.services.beginning import MOST_PAGES, note_page
from filo.foundation import clock
from filo.foundation.privacy.registry import records
from filo.operational.consents.services import answer_consent
from filo.operational.parties.models import Party
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def browser_of(party: Party, way: str, title: str) -> Visitor:
    """It is taken for his in this way, and a page with this title was seen in it."""
    visitor = begin_visit(language="it")[0]
    set_history(visitor, agreed=True)
    note_page(visitor, f"/p/{title}", title)
    return recognise(visitor, party, way=way)[0]


def in_his_copy(party: Party) -> dict[str, int]:
    found = [data for data in records() if data.model.startswith("visitors.")]
    return {data.model.partition(".")[2]: data.of_party(party.pk).count() for data in found}


def test_his_copy_tells_of_his_visits_and_of_no_stranger_who_gave_his_address(world: World) -> None:
    party = world.parties["own"]
    browser_of(party, "order", "Secret")
    assert in_his_copy(party) == {"Visitor": 0, "Recognition": 0, "PageView": 0, "PersonalLink": 0}
    browser_of(party, "link", "Coats")
    assert in_his_copy(party) == {"Visitor": 1, "Recognition": 1, "PageView": 1, "PersonalLink": 0}


def test_who_sees_the_customer_sees_what_he_looked_for(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    party = world.parties["own"]
    browser_of(party, "chat", "Strange")
    browser_of(party, "mail", "Winter coats")
    address = f"/visitors/of/{party.pk}"
    said = client_of("agent").get(address).content.decode()
    assert "Winter coats" in said
    assert "Strange" not in said
    assert client_of("stranger").get(address).status_code == 404
    answer_consent(world.principal("agent"), party, "page_visits", given=False, source="phone")
    assert "Winter coats" not in client_of("agent").get(address).content.decode(), "at once"


def test_the_oldest_pages_go_when_there_are_very_many(world: World) -> None:
    visitor, start = begin_visit(language="it")[0], clock.now()
    set_history(visitor, agreed=True)
    PageView.objects.bulk_create(
        [
            PageView(visitor=visitor, path=f"/p/{n}", title=str(n), at=start + timedelta(seconds=n))
            for n in range(MOST_PAGES)
        ]
    )
    with clock.at(start + timedelta(hours=1)):
        note_page(visitor, "/p/new", "New")
    assert PageView.objects.count() == MOST_PAGES
    assert PageView.objects.latest("at", "id").title == "New"
    assert not PageView.objects.filter(path="/p/0").exists()
