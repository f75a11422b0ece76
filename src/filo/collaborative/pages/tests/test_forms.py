"""A form on a page asks what its lines say; what is answered becomes a request, what is wrong stays where it was."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from filo.collaborative.inbox.models import Message
from filo.collaborative.pages.asking import Question, questions_in
from filo.collaborative.pages.models import Page
from filo.collaborative.pages.services import keep_page, publish_page, put_block
from filo.collaborative.visitors.queries.links import token_of
from filo.collaborative.visitors.services import make_link
from filo.foundation.errors import InvalidFields
from filo.operational.parties.queries.mailing import mail_of
from filo.operational.service.models import Ticket
from filo.testing.world import World

pytestmark = pytest.mark.django_db
ITALIAN = "Che evento organizza? *\nQuanti ospiti: fino a 50, da 51 a 200 *\nCi racconti…"
ENGLISH = "Which event is it? *\nHow many guests: up to 50, 51 to 200 *\nTell us…"


@pytest.fixture
def form(world: World) -> tuple[Page, str]:
    """A public page with a form, and where it is sent."""
    admin = world.principal("admin")
    page = keep_page(admin, None, slug="eventi", title_it="Eventi", title_en="Events")
    page = put_block(admin, page, "form", {"it": "Ci scriva", "ask_it": ITALIAN, "ask_en": ENGLISH})
    publish_page(admin, page)
    return page, f"/p/pages/eventi/{page.blocks[0]['id']}"


def answers(door: str, /, **more: str) -> dict[str, Any]:
    block = door.rsplit("/", 1)[1]
    given = {"q0": "Un matrimonio", "q1": "da 51 a 200", "q2": "", "name": "Gino Neri", "address": "gino@neri.example"}
    return {f"{block}-{name}": value for name, value in (given | more).items()}


def test_lines_are_questions() -> None:
    assert questions_in(ITALIAN) == [
        Question("Che evento organizza?", required=True),
        Question("Quanti ospiti", required=True, choices=("fino a 50", "da 51 a 200")),
        Question("Ci racconti", long=True),
    ]


@pytest.mark.parametrize("text", ["*", "Taglia: M", "x" * 200, "\n".join(["Uno"] * 21)])
def test_lines_that_ask_nothing_sensible_are_refused(world: World, form: tuple[Page, str], text: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        put_block(world.principal("admin"), form[0], "form", {"it": "Ci scriva", "ask_it": text})
    assert "ask_it" in refused.value.fields


def test_english_asks_the_same(world: World, form: tuple[Page, str]) -> None:
    with pytest.raises(InvalidFields) as refused:
        put_block(world.principal("admin"), form[0], "form", {"it": "…", "ask_it": ITALIAN, "ask_en": "One question"})
    assert "ask_en" in refused.value.fields


def test_what_is_answered_becomes_a_request(form: tuple[Page, str]) -> None:
    client, address = Client(), form[1]
    assert "How many guests" in client.get("/p/pages/eventi", headers={"Accept-Language": "en"}).content.decode()
    answer = client.post(address, answers(address))
    assert answer.status_code == 302
    ticket = Ticket.objects.get()
    assert ticket.contact_address == "gino@neri.example"
    assert ticket.subject == "Eventi"
    text = Message.objects.get(direction="in").text
    assert text.split("\n\n") == ["Che evento organizza?: Un matrimonio", "Quanti ospiti: da 51 a 200"]
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("more", [{"q0": ""}, {"q1": "mille"}, {"address": "gino neri"}])
def test_what_is_wrong_is_said_and_the_rest_is_kept(form: tuple[Page, str], more: dict[str, str]) -> None:
    address = form[1]
    answer = Client().post(address, answers(address, q2="Una storia lunga", **more), headers={"Accept-Language": "it"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Una storia lunga" in page
    assert 'aria-invalid="true"' in page
    assert not Ticket.objects.exists()


def test_a_program_that_fills_in_everything_makes_no_request(form: tuple[Page, str]) -> None:
    address = form[1]
    assert Client().post(address, answers(address, website="https://spam.example")).status_code == 302
    assert not Ticket.objects.exists()


def test_only_a_form_that_is_public_is_answered(world: World, form: tuple[Page, str]) -> None:
    page, address = form
    assert Client().post("/p/pages/eventi/nichts", {}).status_code == 404
    put_block(world.principal("admin"), page, "form", {"it": "Ancora", "ask_it": "Perché?"})
    page.refresh_from_db()
    hidden = page.blocks[1]["id"]
    assert Client().post(f"/p/pages/eventi/{hidden}", answers(f"/{hidden}")).status_code == 404
    assert Client().post(address, answers(address)).status_code == 302


def test_who_is_known_finds_his_address_and_the_browser_keeps_none(world: World, form: tuple[Page, str]) -> None:
    client = Client()
    client.post(f"/p/open/assistant/{token_of(make_link(world.parties['own'], 'assistant'))}")
    page = client.get("/p/pages/eventi")
    mail = mail_of(world.parties["own"])
    assert mail
    assert f'value="{mail}"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "no-store" not in Client().get("/p/pages/eventi").get("Cache-Control", "")
