"""Two who write at one page do not overwrite each other, and what was changed since is not broken by taking back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from filo.collaborative.pages.blocks import shown
from filo.collaborative.pages.models import Page
from filo.collaborative.pages.services import keep_page, put_block
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.errors import InvalidFields
from filo.operational.profile.services import learn
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]


@pytest.fixture
def page(world: World) -> Page:
    admin = world.principal("admin")
    found = keep_page(admin, None, slug="autunno", title_it="Autunno")
    return put_block(admin, found, "text", {"it": "Lana"})


def typed_version(client: CheckedClient, address: str) -> str:
    """What stands hidden in the form."""
    said = client.get(address).content.decode()
    return said.partition('name="version" value="')[2].partition('"')[0]


def test_a_block_that_somebody_changed_meanwhile_is_not_overwritten(page: Page, client_of: ClientOf) -> None:
    first, second = client_of("admin"), client_of("admin")
    address = f"/settings/pages/{page.pk}/blocks/text/{page.blocks[0]['id']}"
    version = typed_version(first, address)
    assert first.post(address, {"it": "Un testo lungo", "version": version}).status_code == 302
    late = second.post(address, {"it": "Altro", "version": version})
    assert late.status_code == 422
    assert "Altro" in late.content.decode(), "what he typed is not lost"
    page.refresh_from_db()
    assert page.blocks[0]["it"] == "Un testo lungo"
    now = late.content.decode().partition('name="version" value="')[2].partition('"')[0]
    assert second.post(address, {"it": "Altro", "version": now}).status_code == 302, "he saw it, and saves again"


def test_the_facts_of_a_page_likewise(page: Page, client_of: ClientOf) -> None:
    admin, address = client_of("admin"), f"/settings/pages/{page.pk}/facts"
    version = typed_version(admin, address)
    facts = {"slug": "autunno", "title_it": "Autunno caldo", "version": version}
    assert admin.post(address, facts).status_code == 302
    assert admin.post(address, facts | {"title_it": "Inverno"}).status_code == 422
    page.refresh_from_db()
    assert page.title_it == "Autunno caldo"


def test_an_address_that_another_page_took_meanwhile_stays_there(world: World, page: Page) -> None:
    admin = world.principal("admin")
    with one_operation() as act:
        keep_page(admin, page, slug="inverno", title_it="Inverno")
    keep_page(admin, None, slug="autunno", title_it="Altro")
    undone = undo_operation(admin, act.id)
    page.refresh_from_db()
    assert (page.slug, page.title_it) == ("inverno", "Autunno")
    assert (undone.taken, undone.number_left) == (1, 1)


def test_days_that_no_longer_fit_stay_as_they_are(world: World, page: Page) -> None:
    admin, day = world.principal("admin"), clock.today()
    last, early, ended = day + timedelta(days=5), day - timedelta(days=30), day - timedelta(days=20)
    keep_page(admin, page, slug="autunno", title_it="Autunno", from_day=day, until_day=last)
    with one_operation() as act:
        keep_page(admin, page, slug="autunno", title_it="Autunno", from_day=early, until_day=last)
    keep_page(admin, page, slug="autunno", title_it="Autunno", from_day=early, until_day=ended)
    assert undo_operation(admin, act.id).number_left == 1
    page.refresh_from_db()
    assert (page.from_day, page.until_day) == (early, ended)


def test_a_banner_is_for_whom_it_names_as_the_editor_reads_it(world: World, page: Page) -> None:
    admin, party = world.principal("admin"), world.parties["own"]
    page = put_block(admin, page, "banner", {"it": "Per chi porta la L", "trait": "size", "value": "L"})
    learn(system("test"), party, "size", "L", source="chat", confidence=1)
    assert [block.words for block in shown(page.blocks, party)] == ["Lana", "Per chi porta la L"]
    with pytest.raises(InvalidFields) as refused:
        put_block(admin, page, "banner", {"it": "x", "trait": "size", "value": "enorme"})
    assert list(refused.value.fields) == ["value"]
    with pytest.raises(InvalidFields) as refused:
        put_block(admin, page, "banner", {"it": "x", "trait": "no-such-kind", "value": "l"})
    assert list(refused.value.fields) == ["trait"]
