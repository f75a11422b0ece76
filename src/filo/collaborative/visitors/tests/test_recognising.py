"""A personal link recognises one browser, for its purpose; what was recognised wrongly is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from filo.collaborative.visitors.destinations import lead
from filo.collaborative.visitors.models import PageView, PersonalLink, Recognition, Visitor
from filo.collaborative.visitors.queries.here import visitor_by_key
from filo.collaborative.visitors.queries.links import address_of_link, token_of
from filo.collaborative.visitors.services import make_link, undo_recognition
from filo.foundation import clock
from filo.foundation.errors import Forbidden
from filo.foundation.mail.models import OutgoingMail
from filo.operational.parties.models import ContactPoint
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def visit(link: PersonalLink, client: Client) -> int:
    """Open a link as a browser does; gives the status that its button gets."""
    path = address_of_link(link).partition("/p/")[2]
    assert client.get(f"/p/{path}").status_code == 200
    return client.post(f"/p/{path}").status_code


def here(client: Client) -> Visitor:
    found = visitor_by_key(client.cookies["filo-visitor"].value)
    assert found is not None
    return found


def test_a_link_recognises_the_first_browser_that_opens_it_and_no_other(world: World) -> None:
    link = make_link(world.parties["own"], "assistant")
    his, thief = Client(), Client()
    assert visit(link, his) == 302
    assert here(his).known == world.parties["own"]
    assert visit(link, thief) == 410
    assert "filo-visitor" not in thief.cookies or here(thief).known is None
    assert visit(link, his) == 302, "he himself may open his mail twice"


def test_looking_at_a_link_recognises_nobody(world: World) -> None:
    link = make_link(world.parties["own"], "assistant")
    Client().get(f"/p/open/assistant/{token_of(link)}")
    link.refresh_from_db()
    assert link.used_at is None
    assert not Visitor.objects.exists()


def test_a_link_holds_for_its_purpose_and_for_its_days(world: World) -> None:
    link = make_link(world.parties["own"], "assistant")
    assert Client().get(f"/p/open/portal/{token_of(link)}").status_code == 404
    assert Client().get("/p/open/assistant/forged").status_code == 404
    with clock.at(clock.now() + timedelta(days=31)):
        assert Client().post(f"/p/open/assistant/{token_of(link)}").status_code == 410


def test_a_link_shows_no_more_than_its_purpose(world: World) -> None:
    client = Client()
    visit(make_link(world.parties["own"], "assistant"), client)
    assert here(client).known == world.parties["own"]
    assert here(client).signed_in is None


def test_a_sign_in_holds_once(world: World) -> None:
    link, client = make_link(world.parties["own"], "portal"), Client()
    assert visit(link, client) == 302
    assert here(client).signed_in == world.parties["own"]
    assert visit(link, client) == 410


def test_the_secret_is_another_after_recognition(world: World) -> None:
    client = Client()
    client.post("/p/visit", {"history": "no"})
    before = client.cookies["filo-visitor"].value
    visit(make_link(world.parties["own"], "assistant"), client)
    assert client.cookies["filo-visitor"].value != before
    assert visitor_by_key(before) is None, "who set the cookie before him is not taken for him"


def test_two_people_at_one_computer_are_never_one(world: World) -> None:
    client = Client()
    visit(make_link(world.parties["own"], "assistant"), client)
    client.post("/p/visit", {"history": "yes"})
    client.post("/p/visit/seen", {"path": "/p/kb", "title": "Help"}, headers={"Origin": "http://testserver"})
    first = here(client)
    visit(make_link(world.parties["shared"], "assistant"), client)
    second = here(client)
    assert second.pk != first.pk
    assert second.known == world.parties["shared"]
    assert not PageView.objects.filter(visitor=second).exists()
    first.refresh_from_db()
    assert first.ended_at is not None
    assert first.party == world.parties["own"]


def test_nobody_is_known_after_a_long_absence(world: World) -> None:
    client = Client()
    visit(make_link(world.parties["own"], "portal"), client)
    with clock.at(clock.now() + timedelta(hours=3)):
        assert here(client).signed_in is None
        assert here(client).known == world.parties["own"]
    with clock.at(clock.now() + timedelta(hours=13)):
        assert here(client).known is None


def test_who_leaves_is_forgotten(world: World) -> None:
    client = Client()
    visit(make_link(world.parties["own"], "assistant"), client)
    key = client.cookies["filo-visitor"].value
    client.post("/p/visit/leave")
    assert visitor_by_key(key) is None


def test_pages_are_kept_only_of_who_agreed_and_go_when_he_takes_it_back() -> None:
    client = Client()
    told = {"path": "/p/kb", "title": "Help · Filo"}
    client.post("/p/visit", {"history": "no"})
    client.post("/p/visit/seen", told, headers={"Origin": "http://testserver"})
    assert not PageView.objects.exists()
    client.post("/p/visit", {"history": "yes"})
    client.post("/p/visit/seen", told, headers={"Origin": "http://testserver"})
    assert [page.title for page in PageView.objects.all()] == ["Help"]
    client.post("/p/visit", {"history": "no"})
    assert not PageView.objects.exists()


def test_a_recognition_is_taken_back(world: World) -> None:
    client = Client()
    visit(make_link(world.parties["own"], "assistant"), client)
    found = Recognition.objects.get()
    with pytest.raises(Forbidden):
        undo_recognition(world.principal("stranger"), found)
    undo_recognition(world.principal("agent"), found)
    assert here(client).party is None
    assert here(client).known is None


def test_a_sign_in_mail_goes_to_who_is_known_and_the_answer_is_the_same(world: World) -> None:
    party = world.parties["own"]
    ContactPoint.objects.filter(party=party).delete()
    ContactPoint.objects.create(party=party, type="email", value="a@b.example", normalised="a@b.example")
    known = Client().post("/p/sign-in", {"address": "A@b.example"})
    unknown = Client().post("/p/sign-in", {"address": "x@b.example"})
    assert known.content.count(b"b.example") == unknown.content.count(b"b.example")
    mail = OutgoingMail.objects.get()
    assert mail.to == "a@b.example"
    assert "/p/open/portal/" in mail.text
    assert Client().post("/p/sign-in", {"address": "nonsense"}).status_code == 422


def test_who_shares_an_address_gets_a_link_for_each_of_them(world: World) -> None:
    both = [world.parties["own"], world.parties["shared"]]
    ContactPoint.objects.filter(party__in=both).delete()
    for party in both:
        ContactPoint.objects.create(party=party, type="email", value="a@b.example", normalised="a@b.example")
    Client().post("/p/sign-in", {"address": "a@b.example"})
    lines = OutgoingMail.objects.get().text.splitlines()
    for party in both:
        client = Client()
        client.post(lines[lines.index(party.display_name) + 1].removeprefix("http://testserver"))
        assert here(client).signed_in == party


def test_a_page_leads_where_its_purpose_says(world: World) -> None:
    lead("shop", lambda link: f"/p/visit?{link.context['q']}")
    link = make_link(world.parties["own"], "shop", {"q": "x"})
    answer = Client().post(f"/p/open/shop/{token_of(link)}")
    assert answer["Location"] == "/p/visit?x"


def test_what_opens_a_page_is_not_kept_with_it(world: World) -> None:
    client = Client()
    client.post("/p/visit", {"history": "yes"})
    told = {"path": "/p/pay/InNlY3JldCI:1vX:abc", "title": "Fattura 2026/31"}
    client.post("/p/visit/seen", told, headers={"Origin": "http://testserver"})
    assert PageView.objects.get().path == "/p/pay/…"
