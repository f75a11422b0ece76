"""Consent is given and taken back, by the customer and by who writes down what he says; what was answered stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.errors import Forbidden, InvalidFields
from filo.operational.consents.models import Consent
from filo.operational.consents.queries import agrees, latest_answer, standings
from filo.operational.consents.services import answer_consent
from filo.operational.parties.services.merging.merging import merge_parties
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]


def test_what_is_taken_back_stays_written_with_its_words(world: World) -> None:
    party, agent = world.parties["own"], world.principal("agent")
    given = answer_consent(agent, party, "mail_tracking", given=True, source="phone", note="Call of Monday")
    assert answer_consent(agent, party, "mail_tracking", given=True, source="mail").pk == given.pk, "once is enough"
    assert agrees(party, "mail_tracking")
    answer_consent(agent, party, "mail_tracking", given=False, source="phone")
    assert not agrees(party, "mail_tracking")
    rows = Consent.objects.order_by("at")
    assert [(row.given, row.source, row.by_id) for row in rows] == [
        (True, "phone", agent.user_id),
        (False, "phone", agent.user_id),
    ]
    assert given.text
    assert given.version
    with pytest.raises(TypeError):
        given.save()


def test_never_asked_is_no_and_a_refusal_is_known(world: World) -> None:
    party, agent = world.parties["own"], world.principal("agent")
    assert (agrees(party, "profiling"), latest_answer(party, "profiling")) == (False, None)
    answer_consent(agent, party, "profiling", given=False, source="meeting")
    assert latest_answer(party, "profiling") is False
    with pytest.raises(InvalidFields):
        answer_consent(agent, party, "everything", given=True, source="meeting")


def test_who_does_not_see_the_customer_neither_reads_nor_writes(world: World, client_of: ClientOf) -> None:
    party, stranger = world.parties["own"], world.principal("stranger")
    answer_consent(world.principal("agent"), party, "profiling", given=True, source="meeting")
    assert all(one.answer is None for one in standings(stranger, party))
    with pytest.raises(Forbidden):
        answer_consent(stranger, party, "profiling", given=False, source="meeting")
    assert client_of("stranger").get(f"/parties/{party.pk}/consents").status_code == 404


def test_on_the_card_and_at_the_api(world: World, client_of: ClientOf) -> None:
    party, client = world.parties["own"], client_of("agent")
    base = f"/parties/{party.pk}/consents"
    assert client.post(f"{base}/answer", {"yes": "marketing_mail", "source": "phone"}).status_code == 302
    assert agrees(party, "marketing_mail")
    assert client.post(f"{base}/answer", {"no": "marketing_mail", "source": "portal"}).status_code == 302
    assert agrees(party, "marketing_mail"), "nobody writes down that he himself did it"
    assert world.people["agent"].name in client.get(base).content.decode()
    api = api_of(world, "agent")
    body = {"purpose": "marketing_mail", "given": False, "source": "letter", "note": "Letter of 3 May"}
    assert api.send(base, body).status_code == 201
    assert api.send(base, body | {"given": True, "source": "portal"}).status_code == 422, "nor a program"
    items = api.read(base).json()["items"]
    assert [one["given"] for one in items] == [False, True]


def test_two_cards_of_one_customer_are_one_story(world: World) -> None:
    kept, other, boss = world.parties["own"], world.parties["teammates"], world.principal("admin")
    answer_consent(boss, other, "profiling", given=True, source="meeting")
    merge_parties(boss, kept, other)
    assert agrees(kept, "profiling")


def test_who_refused_offers_by_phone_is_marked_beside_the_way_to_call_him(world: World, client_of: ClientOf) -> None:
    party, client, agent = world.parties["own"], client_of("agent"), world.principal("agent")
    address = f"/parties/{party.pk}/consents/by-phone"
    assert f'hx-get="{address}"' in client.get(f"/parties/{party.pk}").content.decode()
    assert "badge" not in client.get(address).content.decode()
    for given in (False, True):
        answer_consent(agent, party, "marketing_phone", given=given, source="letter")
        assert ("badge" in client.get(address).content.decode()) is not given
    assert client_of("stranger").get(address).status_code == 404
