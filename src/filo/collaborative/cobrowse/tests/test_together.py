"""A customer agrees before anybody sees his page; what is shown and filled in reaches both, and no one else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from filo.collaborative.chat.models import Chat
from filo.collaborative.chat.tests.desk import OURS, begins, group_with, known_browser, place_for
from filo.collaborative.cobrowse import kinds
from filo.collaborative.cobrowse.kinds import Field, Kind
from filo.collaborative.cobrowse.models import Looking, SharedForm, ShownPage
from filo.collaborative.cobrowse.services import ask_to_look, change_field, end_of_chat, share_form, show_page
from filo.collaborative.cobrowse.services.forms import FormOver
from filo.collaborative.cobrowse.sockets import side_of
from filo.collaborative.inbox.models import Message
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.push.models import PushMessage
from filo.operational.parties.models import TimelineEntry
from filo.testing.world import World

pytestmark = pytest.mark.django_db
SENT: list[SharedForm] = []


def send(form: SharedForm) -> str:
    SENT.append(form)
    return "/p/visit"


@pytest.fixture(autouse=True)
def order_form() -> Iterator[None]:
    SENT.clear()
    fields = (Field("name", "Name", required=True), Field("size", "Size", choices=(("M", "M"), ("L", "L"))))
    kinds.declare(Kind("test", "Order", lambda _form: {"name": "Mario"}, lambda _form: fields, send))
    yield
    kinds._kinds.pop("test")


@pytest.fixture
def his(world: World) -> Client:
    place_for(group_with(world, "inside"))
    return known_browser(world.parties["own"])


@pytest.fixture
def chat(his: Client) -> Chat:
    return begins(his)


def live(client: Client, what: str, **more: str) -> int:
    return client.post(f"/p/live/{what}", more, headers=OURS).status_code


def cookies(client: Client) -> list[tuple[bytes, bytes]]:
    return [(b"cookie", "; ".join(f"{one.key}={one.value}" for one in client.cookies.values()).encode())]


def inside(world: World) -> Client:
    client = Client()
    client.force_login(world.people["inside"])
    return client


def test_nobody_sees_a_page_before_its_visitor_agreed(world: World, his: Client, chat: Chat) -> None:
    looking = ask_to_look(world.principal("inside"), chat)
    assert side_of(cookies(inside(world)), looking.pk) is None
    assert "Shall" in his.get("/p/live/now", headers={"Accept-Language": "en"}).content.decode()
    assert live(his, "agree") == 204
    assert side_of(cookies(inside(world)), looking.pk) == "operator"
    assert side_of(cookies(his), looking.pk) == "customer"


def test_he_stops_it_and_at_once_nobody_sees_it(world: World, his: Client, chat: Chat) -> None:
    looking = ask_to_look(world.principal("inside"), chat)
    live(his, "agree")
    live(his, "page", path="/p/kb", title="Aiuto")
    assert live(his, "stop") == 204
    assert side_of(cookies(inside(world)), looking.pk) is None
    assert side_of(cookies(his), looking.pk) is None
    entry = TimelineEntry.objects.get(party=world.parties["own"], kind="cobrowse.looked")
    assert entry.summary == "Aiuto"


def test_strangers_and_other_visitors_are_no_side_of_it(world: World, his: Client, chat: Chat) -> None:
    looking = ask_to_look(world.principal("inside"), chat)
    live(his, "agree")
    other, stranger = known_browser(world.parties["shared"]), Client()
    begins(other)
    stranger.force_login(world.people["stranger"])
    assert side_of(cookies(other), looking.pk) is None
    assert side_of(cookies(stranger), looking.pk) is None
    assert side_of([], looking.pk) is None
    with pytest.raises(Forbidden):
        ask_to_look(world.principal("stranger"), chat)


def test_who_refuses_is_left_alone(world: World, his: Client, chat: Chat) -> None:
    looking = ask_to_look(world.principal("inside"), chat)
    assert live(his, "refuse") == 204
    assert live(his, "agree") == 404
    looking.refresh_from_db()
    assert looking.state == "refused"


def test_it_ends_with_the_chat(world: World, his: Client, chat: Chat) -> None:
    ask_to_look(world.principal("inside"), chat)
    live(his, "agree")
    end_of_chat(chat)
    assert Looking.objects.get().ended_by == "chat"


def test_a_page_shown_is_a_link_in_the_chat_and_with_consent_on_his_screen(
    world: World, his: Client, chat: Chat, django_capture_on_commit_callbacks: Any
) -> None:
    principal = world.principal("inside")
    with django_capture_on_commit_callbacks(execute=True):
        show_page(principal, chat, "/p/kb", "Aiuto")
    assert not PushMessage.objects.filter(kind="show").exists()
    assert Message.objects.filter(text="Aiuto\n/p/kb", direction="out").exists()
    ask_to_look(principal, chat)
    live(his, "agree")
    with django_capture_on_commit_callbacks(execute=True):
        shown = show_page(principal, chat, "/p/kb?q=lana", "Lana")
    assert PushMessage.objects.get(kind="show").topic == f"visit:{chat.visitor_id}"
    live(his, "arrived", shown=str(shown.pk))
    shown.refresh_from_db()
    assert shown.arrived_at is not None


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/p/kb",
        "//evil.example/p/",
        "/chats",
        "javascript:alert(1)",
        "/p/../login",
        "/p//x",
        "",
        "/p/\\x",
    ],
)
def test_only_pages_of_ours_are_shown(world: World, chat: Chat, url: str) -> None:
    with pytest.raises(InvalidFields):
        show_page(world.principal("inside"), chat, url, "x")
    assert not ShownPage.objects.exists()


def test_a_form_is_filled_in_by_both_and_sent_by_him_alone(world: World, his: Client, chat: Chat) -> None:
    form = share_form(world.principal("inside"), chat, "test")
    assert 'value="Mario"' in his.get("/p/live/form").content.decode()
    change_field(form, "size", "L", side="operator")
    assert his.post("/p/live/field", {"name": "name", "value": "Mario Rossi"}, headers=OURS).status_code == 200
    form.refresh_from_db()
    assert form.values == {"name": "Mario Rossi", "size": "L"}
    assert inside(world).post(f"/chats/{chat.pk}/live/send").status_code == 200
    assert not SENT
    for _try in range(2):
        assert his.post("/p/live/form")["Location"] == "/p/visit"
    assert len(SENT) == 1
    with pytest.raises(FormOver):
        change_field(form, "size", "M", side="operator")


def test_what_is_missing_or_unknown_is_said_and_what_was_typed_stays(world: World, his: Client, chat: Chat) -> None:
    form = share_form(world.principal("inside"), chat, "test")
    answer = his.post("/p/live/form", {"name": "  ", "size": "L"})
    assert answer.status_code == 422
    assert not SENT
    form.refresh_from_db()
    assert form.values["size"] == "L"
    with pytest.raises(InvalidFields):
        change_field(form, "size", "XXL", side="customer")
    with pytest.raises(InvalidFields):
        change_field(form, "card", "4242", side="customer")


def test_another_visitor_gets_no_form(world: World, chat: Chat) -> None:
    share_form(world.principal("inside"), chat, "test")
    other = known_browser(world.parties["shared"])
    begins(other)
    assert other.get("/p/live/form").status_code == 404
    assert Client().get("/p/live/form").status_code == 404
