"""Those who write articles: they find, write, check, tell, compare, file, and learn from what was not found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filo.collaborative.knowledge.models import Article, ArticleFile, Phrasing
from filo.collaborative.knowledge.queries.articles import facts_of, seen_article
from filo.collaborative.knowledge.questions.keeping import keep_vectors
from filo.collaborative.knowledge.services import (
    ArticleFacts,
    TextFacts,
    note_question,
    publish,
    read_attached,
    save_category,
    write_article,
)
from filo.foundation.access.principal import system
from filo.operational.service.services import open_ticket
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
Clients = Callable[[str], CheckedClient]
MACHINE = system("test")
FORM = {
    "title_it": "Come si rende un articolo",
    "answer_it": "Entro 14 giorni.",
    "phrasings_it": "Posso rendere?\nVorrei restituire le scarpe",
    "category": "Resi",
    "audience": "public",
}


def draft(title: str = "Come si rende un articolo", **facts: object) -> Article:
    return write_article(MACHINE, ArticleFacts({"it": TextFacts(title, "Entro 14 giorni.")}, **facts))  # type: ignore[arg-type]


def test_an_article_is_written_and_told_in_one_go(client_of: Clients) -> None:
    client = client_of("operator")
    sent = client.post("/knowledge/new", {**FORM, "then": "publish"})
    article = Article.objects.get()
    assert (sent.status_code, article.state, str(article.category)) == (302, "published", "Resi")
    assert list(article.phrasings.values_list("text", flat=True)) == ["Posso rendere?", "Vorrei restituire le scarpe"]
    assert "Come si rende un articolo" in client.get("/knowledge").content.decode()


def test_what_is_missing_is_said_and_nothing_typed_is_lost(client_of: Clients) -> None:
    answer = client_of("operator").post("/knowledge/new", {**FORM, "title_it": ""})
    assert answer.status_code == 422
    assert "Vorrei restituire le scarpe" in answer.content.decode()
    assert not Article.objects.exists()


def test_two_who_write_at_once_are_told(client_of: Clients) -> None:
    article, client = draft(), client_of("operator")
    version = article.version
    first = client.post(f"/knowledge/{article.pk}/edit", {**FORM, "version": version, "answer_it": "Entro 30 giorni."})
    second = client.post(f"/knowledge/{article.pk}/edit", {**FORM, "version": version, "answer_it": "Entro 7 giorni."})
    assert (first.status_code, second.status_code) == (302, 422)
    assert "Entro 7 giorni." in second.content.decode()
    assert article.texts.get(language="it").answer == "Entro 30 giorni."


def test_a_version_is_compared_and_brought_back(client_of: Clients, world: World) -> None:
    article, client = draft(), client_of("operator")
    facts = facts_of(seen_article(world.principal("admin"), article.pk))
    texts = {"it": TextFacts("Come si rende un articolo", "Entro 30 giorni.")}
    write_article(MACHINE, replace(facts, texts=texts), article)
    page = client.get(f"/knowledge/{article.pk}/versions").content.decode()
    assert "<del" in page
    assert "30" in page
    assert client.post(f"/knowledge/{article.pk}/versions/1/restore").status_code == 302
    assert article.texts.get(language="it").answer == "Entro 14 giorni."
    assert client.get(f"/knowledge/{article.pk}/versions/99").status_code == 404


def test_a_file_lies_on_an_article_and_is_found_by_its_words(client_of: Clients) -> None:
    article, client = draft(), client_of("operator")
    page = "<html><body><p>La ricevuta fiscale va allegata al modulo arancione.</p></body></html>"
    upload = SimpleUploadedFile("modulo.html", page.encode(), content_type="text/html")
    assert client.post(f"/knowledge/{article.pk}/put", {"file": upload}).status_code == 302
    row = ArticleFile.objects.get()
    assert read_attached(row.pk) > 0  # as the job does
    assert "Come si rende" in client.get("/knowledge?q=arancione").content.decode()
    assert client.get(f"/knowledge/{article.pk}/files/{row.pk}").status_code == 200


def test_a_request_and_an_article_are_put_onto_another_by_address_or_number(client_of: Clients) -> None:
    article, other, client = draft(), draft("Dove si parcheggia"), client_of("operator")
    ticket = open_ticket(MACHINE, subject="Non trovo il modulo")
    for thing in (f"/tickets/{ticket.pk}", f"http://testserver/knowledge/{other.pk}"):
        client.post(f"/knowledge/{article.pk}/put", {"thing": thing})
    page = client.get(f"/knowledge/{article.pk}").content.decode()
    assert ticket.number in page
    assert "Dove si parcheggia" in page


def test_nonsense_put_onto_an_article_is_refused_in_a_sentence(client_of: Clients) -> None:
    article, client = draft(), client_of("operator")
    client.post(f"/knowledge/{article.pk}/put", {"thing": "ftp://nowhere 💥"})
    page = client.get(f"/knowledge/{article.pk}").content.decode()
    assert "Non è un articolo, una richiesta o un file che puoi vedere." in page


def test_a_draft_is_made_of_a_request(client_of: Clients) -> None:
    ticket = open_ticket(MACHINE, subject="Come si apre il cassetto?", description="Non si apre.")
    sent = client_of("operator").post(f"/tickets/{ticket.pk}/article")
    article = Article.objects.get()
    assert sent["Location"] == f"/knowledge/{article.pk}/edit"
    assert (article.title, article.state) == ("Come si apre il cassetto?", "draft")


def test_beside_a_request_stand_the_articles_that_may_answer_it(client_of: Clients) -> None:
    article, other = publish(MACHINE, draft()), publish(MACHINE, draft("Dove si parcheggia"))
    for one in (article, other):
        keep_vectors(one.pk)
    ticket, client = open_ticket(MACHINE, subject="Come si rende un articolo?"), client_of("operator")
    address = f"/tickets/{ticket.pk}/article/near"
    assert f"/knowledge/{article.pk}" in client.get(address).content.decode()
    client.post(f"/tickets/{ticket.pk}/article/put", {"article": article.code})
    assert "È collegata a" in client.get(address).content.decode()


def test_articles_are_moved_together_and_back_again(client_of: Clients) -> None:
    shelf = save_category(MACHINE, None, name_it="Resi", name_en="Returns")
    some, client = [draft(), draft("Altro")], client_of("operator")
    client.post("/knowledge/move", {"chosen": [str(one.pk) for one in some], "category": shelf.code})
    assert Article.objects.filter(category=shelf).count() == 2
    assert "2 articoli spostati" in client.get("/knowledge").content.decode()


def test_what_nobody_found_becomes_a_way_to_ask(client_of: Clients) -> None:
    article = publish(MACHINE, draft())
    for _n in range(3):
        note_question(
            "posso riportare i sandali",
            language="it",
            channel="page",
            article_id=None,
            confidence=0.1,
            understood=False,
        )
    client = client_of("operator")
    assert "posso riportare i sandali" in client.get("/knowledge/asked").content.decode()
    client.post(
        "/knowledge/asked/learn", {"text": "posso riportare i sandali", "language": "it", "article": article.code}
    )
    assert Phrasing.objects.get(source="learnt").text == "posso riportare i sandali"


@pytest.mark.parametrize("person", ["agent", "researcher"])
def test_who_only_reads_cannot_write(client_of: Clients, person: str) -> None:
    article, client = publish(MACHINE, draft()), client_of(person)
    assert client.get(f"/knowledge/{article.pk}").status_code == 200
    for address in ("/knowledge/new", f"/knowledge/{article.pk}/edit", "/knowledge/asked", "/knowledge/categories"):
        assert client.get(address).status_code == 403
    assert client.post(f"/knowledge/{article.pk}/state", {"state": "retired"}).status_code == 403
    hidden = draft("Bozza")
    assert client.get(f"/knowledge/{hidden.pk}").status_code == 404
