"""In his area a customer asks, corrects what we know, is forgotten, and takes his data."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from django.test import Client

from filo.collaborative.portal.tests.house import signed_in, visitor_of
from filo.collaborative.portal.views.pages import LATEST
from filo.collaborative.visitors.models import PageView, Visitor
from filo.collaborative.visitors.queries.links import token_of
from filo.collaborative.visitors.services import make_link
from filo.collaborative.visitors.services.beginning import note_page, set_history
from filo.foundation.access.principal import system
from filo.foundation.audit.models import AuditEntry
from filo.foundation.events.services import relay_batch
from filo.foundation.mail.models import OutgoingMail
from filo.operational.consents.queries import agrees
from filo.operational.orders.tests.counter import counter_of
from filo.operational.parties.models import ContactPoint
from filo.operational.profile.models import Trait
from filo.operational.profile.queries import trait_values
from filo.operational.profile.services import learn, make_ready_kinds
from filo.operational.service.models import Ticket
from filo.testing.budgets import queries_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db
PAGES = ("", "/orders", "/invoices", "/requests", "/requests/new", "/facts", "/facts/new/size", "/data")


def test_every_page_opens_also_where_nothing_is(world: World) -> None:
    make_ready_kinds()
    client = signed_in(world.parties["own"])
    assert {client.get(f"/p/me{page}").status_code for page in PAGES} == {200}


def test_the_sign_in_mail_leads_back_to_the_page_that_was_wanted(world: World) -> None:
    mail = ContactPoint.objects.filter(party=world.parties["own"], type="email").first()
    assert mail is not None
    client = Client()
    client.post("/p/sign-in", {"address": mail.value, "next": "/p/me/orders"})
    link = re.search(r"/p/open/portal/\S+", OutgoingMail.objects.get().text)
    assert link is not None
    assert client.post(link[0])["Location"] == "/p/me/orders"


@pytest.mark.parametrize("wanted", ["https://evil.example/p/", "//evil.example", "/settings", ""])
def test_a_link_leads_nowhere_else(world: World, wanted: str) -> None:
    link = make_link(world.parties["own"], "portal", {"next": wanted})
    assert Client().post(f"/p/open/portal/{token_of(link)}")["Location"] == "/p/me"


def test_a_request_is_his_and_reaches_the_colleagues(world: World) -> None:
    client = signed_in(world.parties["own"])
    refused = client.post("/p/me/requests/new", {"type": "question", "subject": "", "text": "Good day"})
    assert refused.status_code == 422
    assert "Good day" in refused.content.decode()
    facts = {"type": "fault", "subject": "A seam is open", "text": "On the left sleeve", "product": "O 2026/31"}
    assert client.post("/p/me/requests/new", facts).status_code == 302
    ticket = Ticket.objects.latest("serial")
    assert (ticket.party, ticket.type, ticket.channel) == (world.parties["own"], "fault", "portal")
    assert "A seam is open" in client.get("/p/me/requests").content.decode()


def test_he_corrects_confirms_and_has_forgotten_what_we_know(world: World) -> None:
    party = world.parties["own"]
    client, reader = signed_in(party), system("reader")
    size = learn(reader, party, "size", "l", source="chat", confidence=0.9, said="porto la L")
    assert "porto la L" in client.get("/p/me/facts").content.decode()
    assert client.post(f"/p/me/facts/size/{size.pk}", {"value": "m"}).status_code == 302
    learn(reader, party, "size", "xl", source="order", confidence=1)
    assert trait_values(party, "size") == ["m"], "his own word"
    wool = learn(reader, party, "fibres-avoided", "wool", source="chat", confidence=0.6)
    client.post(f"/p/me/facts/{wool.pk}", {"what": "confirm"})
    assert Trait.objects.get(pk=wool.pk).confirmed_at is not None
    client.post(f"/p/me/facts/{wool.pk}", {"what": "forget"})
    assert trait_values(party, "fibres-avoided") == []
    assert client.post("/p/me/facts/new/no-such-kind", {"value": "blue"}).status_code == 404
    assert client.post("/p/me/facts/new/colours-liked", {"value": "blue"}).status_code == 302
    assert client.post("/p/me/facts/new/size", {"value": "huge"}).status_code == 422


def test_a_change_of_details_goes_to_colleagues_and_changes_nothing(world: World) -> None:
    party = world.parties["own"]
    before = list(ContactPoint.objects.filter(party=party).values_list("value", flat=True))
    client = signed_in(party)
    assert client.post("/p/me/data", {"text": ""}).status_code == 422
    assert client.post("/p/me/data", {"text": "My number is 011 5550199"}).status_code == 302
    assert Ticket.objects.latest("serial").description == "My number is 011 5550199"
    assert list(ContactPoint.objects.filter(party=party).values_list("value", flat=True)) == before


def test_a_person_takes_his_data_and_a_firm_does_not(world: World) -> None:
    client = signed_in(world.parties["contact"])
    answer = client.post("/p/me/data/copy")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert json.loads(packed.read("data.json"))["id"] == str(world.parties["contact"].pk)
    assert AuditEntry.objects.filter(action="personal-data.take", actor_name="portal").count() == 1
    firm = signed_in(world.parties["own"])
    assert firm.post("/p/me/data/copy").status_code == 403


def test_a_browser_of_his_is_forgotten_and_no_other(world: World) -> None:
    here, there, others = (signed_in(world.parties[name]) for name in ("own", "own", "southern"))
    assert here.post(f"/p/me/browsers/{visitor_of(others).pk}/forget").status_code == 404
    gone = visitor_of(there).pk
    assert here.post(f"/p/me/browsers/{gone}/forget").status_code == 302
    assert Visitor.objects.get(pk=gone).ended_at is not None
    assert there.get("/p/me").status_code == 302
    assert here.get("/p/me").status_code == 200


def test_no_get_changes_anything(world: World) -> None:
    client = signed_in(world.parties["own"])
    assert client.get("/p/me/data/copy").status_code == 405
    assert client.get(f"/p/me/browsers/{visitor_of(client).pk}/forget").status_code == 405


def test_he_agrees_and_takes_it_back_with_one_press_each(world: World) -> None:
    party = world.parties["own"]
    client = signed_in(party)
    set_history(visitor_of(client), agreed=True)
    assert agrees(party, "page_visits"), "agreed to on our pages, and written down"
    note_page(visitor_of(client), "/p/shop", "Shop")
    answer = client.post("/p/me/consents", {"yes": "marketing_mail"})
    assert answer["Location"] == "/p/me/data#of-marketing_mail"
    assert 'id="of-marketing_mail" tabindex="-1"' in client.get("/p/me/data").content.decode()
    assert agrees(party, "marketing_mail")
    client.post("/p/me/consents", {"no": "marketing_mail"})
    client.post("/p/me/consents", {"no": "page_visits"})
    assert not agrees(party, "marketing_mail")
    relay_batch()
    assert not PageView.objects.exists(), "what was kept is gone"
    Visitor.objects.update(history=True)
    note_page(visitor_of(client), "/p/shop", "Shop")
    assert not PageView.objects.exists(), "what he took back here holds in every browser"
    assert client.post("/p/me/consents", {"yes": "everything"}).status_code == 404


def test_his_first_page_asks_no_more_where_he_has_many_orders(world: World) -> None:
    counter, client = counter_of(world), signed_in(world.parties["own"])
    for _order in range(LATEST):
        counter.confirmed()
    client.get("/p/me")
    few = len(queries_of(lambda: client.get("/p/me")))
    for _order in range(2):
        counter.confirmed()
    assert len(queries_of(lambda: client.get("/p/me"))) == few
