"""Person × article: what is published is everybody's to read, drafts are for who writes."""

from __future__ import annotations

import pytest

from filo.collaborative.knowledge.models import Article
from filo.collaborative.knowledge.policies import ARTICLE_SEEN
from filo.collaborative.knowledge.services import ArticleFacts, TextFacts, publish, write_article
from filo.foundation.access.principal import system
from filo.foundation.errors import Forbidden
from filo.testing.world import World

pytestmark = pytest.mark.django_db
MACHINE = system("test")
WRITES = {"admin", "boss", "manager", "inside", "operator"}
PUBLISHES = {"admin", "boss", "operator"}
PEOPLE = ("admin", "boss", "manager", "agent", "inside", "researcher", "operator")


def article(title: str, **facts: object) -> Article:
    return write_article(MACHINE, ArticleFacts({"it": TextFacts(title, "Ecco.")}, **facts))  # type: ignore[arg-type]


@pytest.mark.parametrize("person", PEOPLE)
def test_drafts_are_for_who_writes(world: World, person: str) -> None:
    draft, told = article("Bozza"), publish(MACHINE, article("Detto", audience="internal"))
    principal = world.principal(person)
    for found, seen in ((draft, person in WRITES), (told, True)):
        assert ARTICLE_SEEN.allows(principal, found) == seen
        assert Article.objects.visible_to(principal).filter(pk=found.pk).exists() == seen


@pytest.mark.parametrize("person", PEOPLE)
def test_who_may_write_and_publish(world: World, person: str) -> None:
    draft, principal = article("Bozza"), world.principal(person)
    facts = ArticleFacts({"it": TextFacts("Altro", "Ecco.")})
    if person in WRITES:
        assert write_article(principal, facts, draft).title == "Altro"
    else:
        with pytest.raises(Forbidden):
            write_article(principal, facts, draft)
    if person in PUBLISHES:
        assert publish(principal, draft).state == "published"
    else:
        with pytest.raises(Forbidden):
            publish(principal, draft)


def test_what_is_for_colleagues_is_told_to_nobody_else(world: World) -> None:
    for audience in ("public", "customers", "internal"):
        publish(MACHINE, article(audience, audience=audience))
    told = {
        who: {found.audience for found in Article.objects.told_to(who)} for who in ("public", "customers", "internal")
    }
    assert told["public"] == {"public"}
    assert told["customers"] == {"public", "customers"}
    assert told["internal"] == {"public", "customers", "internal"}
