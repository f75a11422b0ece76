"""Everybody walks a tree with plain links and forms, goes back, reads in his language, and reaches a person."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from filo.collaborative.inbox.models import Message
from filo.collaborative.knowledge.models import Article
from filo.collaborative.knowledge.services import retire
from filo.collaborative.trees.models import TreeWalk
from filo.collaborative.trees.services import retire_tree
from filo.collaborative.trees.tests.drawing import MACHINE, article, parcel, told
from filo.foundation import clock
from filo.operational.service.models import ServiceGroup, Ticket
from filo.testing.world import World

pytestmark = pytest.mark.django_db
PERSON = {"subject": "Un graffio", "name": "Ada", "address": "ada@example.it"}


@pytest.fixture(autouse=True)
def nobody_asked_too_often(world: World) -> None:
    cache.clear()


def visitor(language: str = "it") -> Client:
    return Client(headers={"accept-language": language})


def begun(client: Client, code: str = "pacco") -> str:
    return str(client.post(f"/p/guide/{code}")["Location"])


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_it_is_walked_to_an_article_that_helps() -> None:
    article()
    told(article="danni")
    client = visitor()
    first = begun(client)
    assert "Che cosa è successo?" in read(client, first)
    second = client.post(first, {"answer": "a1"})["Location"]
    third = client.post(second, {"answer": "a1"})["Location"]
    page = read(client, third)
    assert "Mandi una foto entro 8 giorni." in page
    assert client.post(f"{third}/helped", {"helped": "yes"})["Location"] == third
    walk = TreeWalk.objects.get()
    assert (walk.at, walk.helped, walk.path) == ("k1", True, [["q1", "a1"], ["q2", "a1"]])


def test_one_reads_it_in_english() -> None:
    article()
    told(article="danni")
    client = visitor("en")
    assert "A parcel is wrong" in read(client, "/p/guide/pacco")
    first = begun(client)
    assert "Che cosa è successo? (en)" in read(client, first)
    last = client.post(client.post(first, {"answer": "a1"})["Location"], {"answer": "a1"})["Location"]
    assert "Send a photograph within 8 days." in read(client, last)


def test_what_is_said_in_one_language_only_is_told_in_it() -> None:
    texts, nodes = parcel()["texts"], parcel()["nodes"]
    told(texts={"it": texts["it"]}, nodes=[node | {"text": {"it": "Solo italiano."}} for node in nodes])
    page = read(visitor("en"), begun(visitor("en")))
    assert 'lang="it"' in page
    assert "Solo italiano." in page


def test_one_goes_back_and_answers_otherwise() -> None:
    told()
    client = visitor()
    first = begun(client)
    second = client.post(first, {"answer": "a1"})["Location"]
    assert f'href="{first}"' in read(client, second)
    other = client.post(first, {"answer": "a2"})["Location"]
    assert "Arriva entro tre giorni." in read(client, other)
    walk = TreeWalk.objects.get()
    assert walk.path == [["q1", "a2"]]
    assert set(walk.steps.values_list("node", flat=True)) == {"q1", "q2", "m1"}


def test_steps_that_were_not_come_to_are_not_there() -> None:
    told()
    client = visitor()
    first = begun(client)
    assert client.get(first.replace("/q1", "/t1"))["Location"] == "/p/guide/pacco"
    assert client.post(first.replace("/q1", "/t1"), {"answer": "a1"})["Location"] == "/p/guide/pacco"


def test_an_answer_that_is_none_is_refused_in_a_sentence() -> None:
    told()
    client = visitor()
    first = begun(client)
    for answer in ("a9", "", "<script>"):
        response = client.post(first, {"answer": answer})
        assert response.status_code == 422
        assert "Scegliere una delle risposte." in response.content.decode()


@pytest.mark.parametrize("audience", ["customers", "internal"])
def test_what_is_not_for_everybody_is_not_there(audience: str) -> None:
    told(audience=audience)
    assert visitor().get("/p/guide/pacco").status_code == 404
    assert visitor().post("/p/guide/pacco").status_code == 404
    assert "Il pacco non va" not in read(visitor(), "/p/kb")


def test_what_is_taken_back_is_gone_also_for_who_is_walking() -> None:
    tree, client = told(), visitor()
    first = begun(client)
    retire_tree(MACHINE, tree)
    assert client.get(first).status_code == 404
    assert client.get("/p/guide/pacco").status_code == 404


def test_who_was_here_long_ago_begins_anew() -> None:
    told()
    client = visitor()
    first = begun(client)
    TreeWalk.objects.all().delete()
    assert client.get(first)["Location"] == "/p/guide/pacco"


@pytest.mark.parametrize("way", ["over", "retired", "internal"])
def test_an_article_that_holds_no_more_is_not_told_as_if_it_did(way: str) -> None:
    known = article()
    told(article="danni")
    client = visitor()
    last = client.post(client.post(begun(client), {"answer": "a1"})["Location"], {"answer": "a1"})["Location"]
    if way == "over":
        Article.objects.update(valid_to=clock.today() - timedelta(days=1))
        assert "non vale più" in read(client, last)
        return
    if way == "retired":
        retire(MACHINE, known)
    else:
        Article.objects.update(audience="internal")
    page = read(client, last)
    assert "Mandi una foto" not in page
    assert "/person" in page


def test_a_person_is_one_click_away_on_every_step_and_reads_the_way() -> None:
    group = ServiceGroup.objects.create(code="posta", name="Posta")
    tree = told()
    type(tree).objects.filter(pk=tree.pk).update(group=group)
    client = visitor()
    first = begun(client)
    second = client.post(first, {"answer": "a1"})["Location"]
    last = client.post(second, {"answer": "a2"})["Location"]
    for address in (first, second, last):
        assert re.search(rf'href="{address}/person"', read(client, address))
        assert "Rotto" in read(client, f"{last}/person")
    sent = client.post(f"{last}/person", PERSON)
    assert sent.status_code == 302
    ticket = Ticket.objects.get()
    assert (ticket.group, ticket.subject) == (group, "Un graffio")
    text = Message.objects.get(kind="message").text
    assert "Che cosa è successo? → Rotto" in text
    assert "Ha una foto? → No" in text
    assert TreeWalk.objects.get().to_person
    assert ticket.number in client.get(sent["Location"]).content.decode()


def test_a_program_that_fills_in_everything_asks_nobody() -> None:
    told()
    client = visitor()
    assert client.post(f"{begun(client)}/person", PERSON | {"website": "http://spam.example"})["Location"] == "/p/kb"
    assert not Ticket.objects.exists()


def test_too_many_questions_wait() -> None:
    told()
    client = visitor()
    address = f"{begun(client)}/person"
    answers = [client.post(address, PERSON).status_code for _time in range(6)]
    assert answers == [302] * 5 + [429]


def test_looking_writes_nothing() -> None:
    told()
    for address in ("/p/kb", "/p/guide/pacco", "/p/kb/find?q=corriere"):
        read(visitor(), address)
    assert not TreeWalk.objects.exists()


def test_guides_stand_in_the_knowledge_base_and_where_nothing_was_found() -> None:
    told()
    assert "Il pacco non va" in read(visitor(), "/p/kb")
    assert "Il pacco non va" in read(visitor(), "/p/kb/find?q=il corriere ha danneggiato tutto")
    assert "A parcel is wrong" in read(visitor("en"), "/p/kb/find?q=my parcel came damaged")
    assert "Il pacco non va" not in read(visitor(), "/p/kb/find?q=quanto costa una lampada")
