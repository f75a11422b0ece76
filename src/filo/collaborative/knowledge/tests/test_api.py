"""Articles at the API: listed, read and asked by who may read them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from filo.collaborative.knowledge.models import Article
from filo.collaborative.knowledge.questions.keeping import keep_vectors
from filo.collaborative.knowledge.services import ArticleFacts, TextFacts, publish, write_article
from filo.foundation.access.principal import system
from filo.testing.api import ApiClient, api_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db
MACHINE = system("test")


def written(title: str, answer: str, *ways: str, audience: str = "public") -> Article:
    text = TextFacts(title, answer, "", list(ways))
    return write_article(MACHINE, ArticleFacts({"it": text}, audience=audience))


@pytest.fixture
def articles(world: World) -> dict[str, Article]:
    told = publish(MACHINE, written("Come si rende un articolo", "Entro 14 giorni.", "Posso restituire le scarpe?"))
    house = publish(MACHINE, written("Sconti del personale", "Il venti per cento.", audience="internal"))
    for article in (told, house):
        keep_vectors(article.pk)
    return {"told": told, "house": house, "draft": written("Bozza", "Ancora da scrivere.")}


def titles(api: ApiClient, query: str = "") -> list[str]:
    items: list[dict[str, Any]] = api.ask("GET", f"/articles{query}").json()["items"]
    return sorted(item["texts"][0]["title"] for item in items)


def test_readers_get_what_is_published_and_writers_drafts_too(world: World, articles: dict[str, Article]) -> None:
    published = ["Come si rende un articolo", "Sconti del personale"]
    assert titles(api_of(world, "agent")) == published
    assert titles(api_of(world, "operator")) == ["Bozza", *published]
    draft = articles["draft"].id
    assert api_of(world, "agent").ask("GET", f"/articles/{draft}").status_code == 404
    assert api_of(world, "operator").ask("GET", f"/articles/{draft}").json()["state"] == "draft"
    assert api_of(world, "agent", scopes=["party:read"]).ask("GET", "/articles").status_code == 403


def test_words_and_filters_narrow(world: World, articles: dict[str, Article]) -> None:
    api = api_of(world, "operator")
    assert titles(api, "?q=scarpa") == ["Come si rende un articolo"]
    tree = quote('{"field": "audience", "value": "internal"}')
    assert titles(api, f"?filter={tree}&sort=code") == ["Sconti del personale"]


def test_a_question_in_other_words_is_answered(world: World, articles: dict[str, Article]) -> None:
    api = api_of(world, "agent")
    found = api.ask("GET", "/articles/ask?q=" + quote("vorrei restituire le scarpe")).json()
    first = found["items"][0]
    assert (found["understood"], first["answer"], first["article"]) == (
        True,
        "Entro 14 giorni.",
        str(articles["told"].id),
    )
    for_all = api.ask("GET", "/articles/ask?audience=public&q=" + quote("sconti del personale")).json()
    assert str(articles["house"].id) not in [item["article"] for item in for_all["items"]]
    assert api.ask("GET", "/articles/ask?q=x").status_code in (400, 422)
