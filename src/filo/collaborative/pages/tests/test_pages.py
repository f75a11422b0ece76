"""A page is written block by block, seen by nobody until it is published, and by whom it is meant for after that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from filo.collaborative.pages.blocks import shown
from filo.collaborative.pages.models import Page
from filo.collaborative.pages.services import keep_page, move_block, publish_page, put_block, withdraw_page
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.errors import Forbidden, InvalidFields
from filo.operational.consents.services import answer_consent
from filo.operational.profile.services import learn
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@pytest.fixture
def page(world: World) -> Page:
    admin = world.principal("admin")
    found = keep_page(admin, None, slug="autunno", title_it="Autunno", title_en="Autumn")
    return put_block(admin, found, "text", {"it": "**Lana** buona", "en": "**Good** wool"})


def test_nobody_sees_it_before_it_is_published_nor_after_it_is_withdrawn(world: World, page: Page) -> None:
    admin, client = world.principal("admin"), Client()
    assert client.get("/p/pages/autunno").status_code == 404
    publish_page(admin, page)
    assert "<strong>Lana</strong> buona" in client.get("/p/pages/autunno").content.decode()
    english = client.get("/p/pages/autunno", headers={"Accept-Language": "en"}).content.decode()
    assert "<strong>Good</strong> wool" in english
    withdraw_page(admin, page)
    assert client.get("/p/pages/autunno").status_code == 404


def test_what_is_written_after_is_public_when_it_is_published_again(world: World, page: Page) -> None:
    admin = world.principal("admin")
    publish_page(admin, page)
    put_block(admin, page, "text", {"it": "Nuovo"})
    assert "Nuovo" not in Client().get("/p/pages/autunno").content.decode()
    publish_page(admin, page)
    assert "Nuovo" in Client().get("/p/pages/autunno").content.decode()


def test_it_is_shown_in_its_days(world: World, page: Page) -> None:
    admin, day = world.principal("admin"), clock.today()
    publish_page(admin, page)
    begins, ends = day + timedelta(days=1), day + timedelta(days=2)
    keep_page(admin, page, slug="autunno", title_it="Autunno", from_day=begins, until_day=ends)
    assert Client().get("/p/pages/autunno").status_code == 404
    with clock.at(clock.now() + timedelta(days=1)):
        assert Client().get("/p/pages/autunno").status_code == 200
    with pytest.raises(InvalidFields):
        keep_page(admin, page, slug="autunno", title_it="A", from_day=day, until_day=day - timedelta(days=1))


def test_nothing_that_is_typed_becomes_code(world: World, page: Page) -> None:
    admin = world.principal("admin")
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) {{ 7|add:7 }} <img src=x onerror=alert(1)>"
    put_block(admin, page, "text", {"it": evil})
    put_block(admin, page, "banner", {"it": evil})
    publish_page(admin, page)
    said = Client().get("/p/pages/autunno").content.decode()
    main = said[said.index("<main") : said.index("</main>")]
    assert "<script" not in main
    assert "<img" not in main
    assert 'href="javascript' not in main
    assert "{{ 7|add:7 }}" in main


def test_a_banner_is_for_whom_it_is_meant(world: World, page: Page) -> None:
    admin, party = world.principal("admin"), world.parties["own"]
    put_block(admin, page, "banner", {"it": "Ciao", "audience": "known"})
    put_block(admin, page, "banner", {"it": "Taglia M", "trait": "size", "value": "m"})
    page.refresh_from_db()
    assert [block.words for block in shown(page.blocks, None)] == ["**Lana** buona"]
    assert [block.words for block in shown(page.blocks, party)] == ["**Lana** buona", "Ciao"]
    learn(system("test"), party, "size", "m", source="chat", confidence=1)
    assert [block.words for block in shown(page.blocks, party)][-1] == "Taglia M"


def test_blocks_change_their_order_and_that_is_taken_back(world: World, page: Page) -> None:
    admin = world.principal("admin")
    page = put_block(admin, page, "text", {"it": "due"})
    first, second = (block["id"] for block in page.blocks)
    with one_operation() as act:
        page = move_block(admin, page, second, to=0)
    assert [block["id"] for block in page.blocks] == [second, first]
    undo_operation(admin, act.id)
    page.refresh_from_db()
    assert [block["id"] for block in page.blocks] == [first, second]


def test_a_picture_is_public_with_its_page_alone(world: World, page: Page, client_of: ClientOf) -> None:
    admin, address = client_of("admin"), f"/settings/pages/{page.pk}/blocks/picture"
    wrong = SimpleUploadedFile("x.png", b"<svg onload=alert(1)>", "image/png")
    assert admin.post(address, {"it": "Una giacca", "upload": wrong}).status_code == 422
    right = SimpleUploadedFile("x.png", PNG, "image/png")
    assert admin.post(address, {"it": "Una giacca", "upload": right}).status_code == 302
    picture = page.pictures.latest("id")
    assert Client().get(f"/p/pages/pictures/{picture.pk}").status_code == 404
    publish_page(world.principal("admin"), page)
    assert Client().get(f"/p/pages/pictures/{picture.pk}")["Content-Type"] == "image/png"


def test_the_editor_works_by_buttons_and_keeps_versions(world: World, page: Page, client_of: ClientOf) -> None:
    admin = client_of("admin")
    home = f"/settings/pages/{page.pk}"
    for kind in ("text", "products", "form", "banner"):
        assert admin.get(f"{home}/blocks/{kind}").status_code == 200
        assert admin.post(f"{home}/blocks/{kind}", {"it": "", "most": "6"}).status_code == 422
        assert admin.post(f"{home}/blocks/{kind}", {"it": f"un {kind}", "most": "6"}).status_code == 302
    page.refresh_from_db()
    last = page.blocks[-1]["id"]
    for act in ("publish", f"up:{last}", f"remove:{last}", "version:1", "withdraw"):
        assert admin.post(f"{home}/act", {"act": act}).status_code == 302
    page.refresh_from_db()
    assert (len(page.blocks), page.live) == (5, None)
    assert admin.post(f"{home}/act", {"act": "version:99"}).status_code == 404
    assert admin.get(home).status_code == admin.get(f"{home}/preview").status_code == 200
    assert admin.get("/settings/pages").status_code == admin.get(f"{home}/facts").status_code == 200


def test_only_who_edits_the_settings_writes(world: World, page: Page, client_of: ClientOf) -> None:
    with pytest.raises(Forbidden):
        put_block(world.principal("agent"), page, "text", {"it": "x"})
    assert client_of("agent").get(f"/settings/pages/{page.pk}").status_code == 403


def test_no_banner_follows_what_is_known_of_him_where_he_refused_that(world: World, page: Page) -> None:
    admin, party = world.principal("admin"), world.parties["own"]
    page = put_block(admin, page, "banner", {"it": "Taglia M", "trait": "size", "value": "m"})
    learn(system("test"), party, "size", "m", source="chat", confidence=1)
    answer_consent(admin, party, "profiling", given=True, source="phone")
    assert [block.words for block in shown(page.blocks, party)][-1] == "Taglia M"
    answer_consent(admin, party, "profiling", given=False, source="phone")
    assert [block.words for block in shown(page.blocks, party)] == ["**Lana** buona"]
