"""A small tree for tests: what is wrong with a parcel, with an article, a message and a way to a person."""

from __future__ import annotations

from typing import Any

from filo.collaborative.knowledge.models import Article
from filo.collaborative.knowledge.services import ArticleFacts, TextFacts, publish, write_article
from filo.collaborative.trees.drafts import facts_from_json
from filo.collaborative.trees.models import DecisionTree
from filo.collaborative.trees.services import draw_tree, publish_tree
from filo.foundation.access.principal import system

MACHINE = system("test")
Raw = dict[str, Any]


def both(italian: str, english: str = "") -> dict[str, str]:
    return {"it": italian, "en": english or f"{italian} (en)"}


def question(id_: str, text: str, **answers: str) -> Raw:
    """answers: the id of the node that each leads to, by the word that is answered."""
    ways = [
        {"id": f"a{number}", "text": both(word), "to": to} for number, (word, to) in enumerate(answers.items(), start=1)
    ]
    return {"id": id_, "kind": "question", "text": both(text), "answers": ways}


def parcel(article: str = "", **changes: Any) -> Raw:
    """`filo` as a file has it."""
    nodes: list[Raw] = [
        question("q1", "Che cosa è successo?", Rotto="q2", Tardi="m1", Altro="p1"),
        question("q2", "Ha una foto?", Sì="k1" if article else "t1", No="t1"),
        {"id": "m1", "kind": "message", "text": both("Arriva entro tre giorni.")},
        {"id": "p1", "kind": "action", "action": "person", "text": both("Le risponde una persona.")},
        {"id": "t1", "kind": "action", "action": "ticket", "text": both("Apriamo una richiesta.")},
    ]
    if article:
        nodes.append({"id": "k1", "kind": "article", "article": article})
    texts = {
        "it": {"title": "Il pacco non va", "intro": "Due domande.", "words": "corriere rotto danneggiato"},
        "en": {"title": "A parcel is wrong", "intro": "Two questions.", "words": "courier broken damaged"},
    }
    return {"name": "Pacco", "code": "pacco", "texts": texts, "start": "q1", "nodes": nodes} | changes


def drawn(**changes: Any) -> DecisionTree:
    return draw_tree(MACHINE, facts_from_json(parcel(**changes)))


def told(**changes: Any) -> DecisionTree:
    return publish_tree(MACHINE, drawn(**changes))


def article(code: str = "danni", **facts: Any) -> Article:
    """Published, in both languages."""
    texts = {
        "it": TextFacts("La merce è danneggiata", "Mandi una foto entro 8 giorni."),
        "en": TextFacts("The goods are damaged", "Send a photograph within 8 days."),
    }
    return publish(MACHINE, write_article(MACHINE, ArticleFacts(facts.pop("texts", texts), code=code, **facts)))
