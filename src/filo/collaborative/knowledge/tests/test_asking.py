"""A question in one's own words finds its article, in either language, on the days on which it holds."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from filo.collaborative.knowledge.models import Article
from filo.collaborative.knowledge.questions.asking import Found, ask
from filo.collaborative.knowledge.questions.keeping import keep_vectors
from filo.collaborative.knowledge.questions.mood import sentiment
from filo.collaborative.knowledge.services import ArticleFacts, TextFacts, add_phrasing, publish, retire, write_article
from filo.foundation.access.principal import system

pytestmark = pytest.mark.django_db
MACHINE = system("test")
ARTICLES = (
    ("Come si rende un articolo", "Entro 14 giorni dalla consegna.", "Posso restituire un capo?", "Vorrei un rimborso"),
    (
        "Quanto costa la spedizione",
        "6,90 euro, gratis oltre 79.",
        "La spedizione è gratis?",
        "Quanto costa il trasporto?",
    ),
    (
        "Come si lava il lino",
        "A 30 gradi.",
        "Il lino si restringe?",
        "Come lavo una camicia di lino?",
    ),
    ("Orari dei negozi", "Dal lunedì al sabato, 9:30-19:30.", "Siete aperti la domenica?", "A che ora aprite?"),
)


def told(title: str, answer: str, *phrasings: str, **facts: object) -> Article:
    made = write_article(MACHINE, ArticleFacts({"it": TextFacts(title, answer, "", phrasings)}, **facts))  # type: ignore[arg-type]
    found = publish(MACHINE, made)
    keep_vectors(found.id)
    return found


@pytest.fixture
def base() -> list[Article]:
    return [told(*one) for one in ARTICLES]


def asked(question: str, language: str = "it", day: str = "2027-05-12", audience: str = "public") -> Found:
    moment = datetime.fromisoformat(day).replace(hour=10, tzinfo=ZoneInfo("Europe/Rome"))
    return ask(question, language=language, at=moment, audience=audience)


@pytest.mark.parametrize(
    ("question", "language", "place"),
    [
        ("Buongiorno,\nposso restituire un capo che non mi va bene?\nGrazie", "it", 0),
        ("Can I return the jacket and get a refund?", "en", 0),
        ("How much do you charge for delivery?", "en", 1),
        ("a quanti gradi lavo le tende di lino", "it", 2),
        ("Domenica prossima siete aperti?", "it", 3),
    ],
)
def test_the_right_article_is_found(base: list[Article], question: str, language: str, place: int) -> None:
    found = asked(question, language)
    assert found.passages[0].article_id == base[place].id
    assert found.understood, f"{found.confidence:.2f}"


@pytest.mark.parametrize(
    "question",
    [
        "Chi ha vinto il campionato?",
        "Grazie mille, tutto perfetto!",
        "What is the name of your dog?",
        "",
        "   \n",
        "?!",
    ],
)
def test_what_nothing_answers_is_left_alone(base: list[Article], question: str) -> None:
    assert not asked(question).understood


def test_an_article_holds_on_its_days(base: list[Article]) -> None:
    offer = told(
        "Offerte sui pullover",
        "Il 30 per cento.",
        "Quali pullover sono in offerta?",
        valid_from=date(2027, 6, 1),
        valid_to=date(2027, 8, 31),
    )
    before = asked("Quali pullover avete in offerta a maggio?", day="2027-05-12")
    assert (before.passages[0].article_id, before.passages[0].valid_from) == (offer.id, date(2027, 6, 1))
    assert asked("Quali pullover avete in offerta?", day="2027-08-31").passages[0].article_id == offer.id
    assert asked("Quali pullover avete in offerta?", day="2027-09-01").passages[0].article_id != offer.id


def test_what_is_for_colleagues_is_not_told_to_customers(base: list[Article]) -> None:
    told("Sconto per i dipendenti", "Il 25 per cento.", "Quanto sconto hanno i dipendenti?", audience="internal")
    question = "Quanto sconto hanno i dipendenti?"
    assert asked(question, audience="internal").understood
    assert not asked(question, audience="customers").understood


def test_it_learns_how_customers_put_it_and_forgets_what_is_taken_back(base: list[Article]) -> None:
    question = "Il coso bianco si può infilare dove gira l’acqua?"
    assert not asked(question).understood
    add_phrasing(MACHINE, base[2], text=question, language="it", source="learnt")
    keep_vectors(base[2].id)
    assert asked(question).passages[0].article_id == base[2].id
    retire(MACHINE, base[2])
    keep_vectors(base[2].id)
    assert base[2].id not in [passage.article_id for passage in asked(question).passages]


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("Non avete risposto alla mia domanda, è una vergogna", "unhappy"),
        ("Your answer is useless, I am really angry", "unhappy"),
        ("Grazie, gentilissimi, era proprio quello che cercavo", "happy"),
        ("Vorrei sapere quanto costa la spedizione a Palermo", "neutral"),
        ("", "neutral"),
    ],
)
def test_how_a_customer_sounds(text: str, mood: str) -> None:
    assert sentiment(text) == mood
