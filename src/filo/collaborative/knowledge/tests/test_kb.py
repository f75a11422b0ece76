"""Everybody asks, reads and judges without signing in, and reaches a person; what is not for everybody is not there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from filo.collaborative.knowledge.models import Article, AskedQuestion
from filo.collaborative.knowledge.questions.keeping import keep_vectors
from filo.collaborative.knowledge.services import (
    ArticleFacts,
    TextFacts,
    attach_file,
    publish,
    save_category,
    write_article,
)
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.operational.service.models import Ticket
from filo.testing.world import World

pytestmark = pytest.mark.django_db
MACHINE = system("test")


@pytest.fixture(autouse=True)
def nobody_asked_too_often(world: World) -> None:
    cache.clear()


def told(title: str, answer: str = "Entro 14 giorni.", **facts: object) -> Article:
    ways = facts.pop("ways", [])
    text = TextFacts(title, answer, "", ways)  # type: ignore[arg-type]
    article = publish(MACHINE, write_article(MACHINE, ArticleFacts({"it": text}, **facts)))  # type: ignore[arg-type]
    keep_vectors(article.pk)
    return article


def read(address: str) -> str:
    response = Client(headers={"accept-language": "it"}).get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_question_in_other_words_is_answered_and_counted() -> None:
    told(
        "Come si rende un articolo",
        ways=["Posso rendere quello che ho comprato?", "Vorrei restituire un paio di scarpe"],
    )
    told("Dove si parcheggia", "Dietro il negozio.", ways=["C’è un parcheggio?"])
    client = Client(headers={"accept-language": "it"})
    sent = client.post("/p/kb/find", {"q": "vorrei restituire le scarpe che ho comprato"})
    page = client.get(sent["Location"]).content.decode()
    assert "Entro 14 giorni." in page
    asked = AskedQuestion.objects.get()
    assert (asked.channel, asked.understood) == ("page", True)


def test_what_nothing_answers_says_so_and_leads_to_a_person() -> None:
    told("Come si rende un articolo")
    page = read("/p/kb/find?q=Chi ha vinto la partita ieri sera")
    assert "Entro 14 giorni." not in page
    assert "/p/kb/ask?q=Chi" in page


@pytest.mark.parametrize("audience", ["customers", "internal"])
def test_what_is_not_for_everybody_is_not_there(audience: str) -> None:
    article = told(
        "Sconti del personale", "Il venti per cento.", audience=audience, ways=["Quanto sconto abbiamo noi?"]
    )
    row = attach_file(MACHINE, article, b"<p>listino</p>", name="listino.html", media_type="text/html")
    for address in (f"/p/kb/{article.code}", f"/p/kb/{article.code}/files/{row.pk}"):
        assert Client().get(address).status_code == 404
    assert Client().post(f"/p/kb/{article.code}/vote", {"helpful": "yes"}).status_code == 404
    for address in ("/p/kb", "/p/kb/find?q=Quanto sconto abbiamo noi?"):
        assert "Sconti" not in read(address)


def test_a_draft_is_not_there() -> None:
    draft = write_article(MACHINE, ArticleFacts({"it": TextFacts("Bozza di prova", "Ecco.")}))
    assert Client().get(f"/p/kb/{draft.code}").status_code == 404
    assert draft.code not in read("/p/kb/find?q=Bozza di prova")


def test_days_are_told_before_and_after() -> None:
    today = clock.today()
    coming = told("Saldi", valid_from=today + timedelta(days=30), valid_to=today + timedelta(days=60))
    over = told("Fiera", valid_to=today - timedelta(days=1))
    assert "Vale dal" in read(f"/p/kb/{coming.code}")
    assert "Valeva fino al" in read(f"/p/kb/{over.code}")


def test_a_shelf_shows_what_can_be_read() -> None:
    shelf = save_category(MACHINE, None, name_it="Resi", name_en="Returns")
    told("Come si rende un articolo", category="Resi")
    told("Segreto di casa", category="Resi", audience="internal")
    page = read(f"/p/kb/in/{shelf.code}")
    assert ("Come si rende" in page, "Segreto" in page) == (True, False)
    assert Client().get("/p/kb/in/nowhere").status_code == 404


def test_a_no_asks_why_and_the_reason_reaches_the_author() -> None:
    article, client = told("Come si rende un articolo"), Client(headers={"accept-language": "it"})
    asked = client.post(f"/p/kb/{article.code}/vote", {"helpful": "no"})
    assert 'name="comment"' in asked.content.decode()
    client.post(f"/p/kb/{article.code}/vote", {"helpful": "no", "comment": "E se ho perso lo scontrino?"})
    article.refresh_from_db()
    assert (article.helpful, article.unhelpful) == (0, 1)
    client.post(f"/p/kb/{article.code}/vote", {"helpful": "yes"})  # he changed his mind
    article.refresh_from_db()
    assert (article.helpful, article.unhelpful) == (1, 0)


def test_who_does_not_find_reaches_a_person_with_what_he_read() -> None:
    article, client = told("Come si rende un articolo"), Client(headers={"accept-language": "it"})
    form = {
        "subject": "Reso senza scontrino",
        "description": "Ho perso lo scontrino, come faccio?",
        "name": "Ada Neri",
        "address": "ada.neri@posta.example",
        "article": article.code,
    }
    sent = client.post("/p/kb/ask", form)
    assert sent.status_code == 302
    ticket = Ticket.objects.get()
    assert ticket.number in client.get(sent["Location"]).content.decode()
    assert ticket.subject == "Reso senza scontrino"


def test_a_program_that_fills_in_every_field_leaves_nothing() -> None:
    form = {
        "subject": "x",
        "description": "buy",
        "name": "x",
        "address": "x@y.example",
        "website": "http://spam.example",
    }
    assert Client().post("/p/kb/ask", form).status_code == 302
    assert not Ticket.objects.exists()


def test_nobody_floods_us_with_questions() -> None:
    form = {"subject": "Aiuto", "description": "Non va", "name": "Ada", "address": "ada@posta.example"}
    client = Client()
    statuses = [client.post("/p/kb/ask", form).status_code for _n in range(6)]
    assert statuses == [302] * 5 + [429]


def test_marks_in_an_article_never_become_a_script() -> None:
    article = told("Codice", "<script>alert(1)</script> [qui](javascript:alert(1))")
    page = read(f"/p/kb/{article.code}")
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize("asked", ["", " ", "?", "🐟" * 400, "%00", "' OR 1=1 --", "<b>"])
def test_nonsense_is_borne(asked: str) -> None:
    told("Come si rende un articolo")
    assert Client().get("/p/kb/find", {"q": asked}).status_code == 200
    assert Client().post("/p/kb/find", {"q": asked}).status_code == 302
