"""Articles are written, changed, restored, filed and taken back; two who write do not overwrite each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from filo.collaborative.knowledge.drafts import ArticleFacts, TextFacts
from filo.collaborative.knowledge.models import Article, ArticleVersion, Category
from filo.collaborative.knowledge.queries.articles import facts_of, seen_article
from filo.collaborative.knowledge.services import (
    add_phrasing,
    ask_for_check,
    back_to_draft,
    move_articles,
    publish,
    remove_category,
    restore_version,
    retire,
    save_category,
    write_article,
)
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, Stale
from filo.foundation.events.models import OutboxEvent
from filo.testing.world import World

ITALIAN = TextFacts("Come si rende un articolo", "Entro 14 giorni.", "## Passi\n\n- etichetta", ["Posso rendere?"])
RETURNS = ArticleFacts({"it": ITALIAN}, category="Ordini e resi")


@pytest.fixture
def returns(world: World) -> Article:
    """An article in Italian alone, a draft."""
    return seen(world, write_article(world.principal("operator"), RETURNS))


def seen(world: World, article: Article) -> Article:
    return seen_article(world.principal("admin"), article.id)


def test_it_is_called_by_its_title_and_stands_in_a_new_category(world: World, returns: Article) -> None:
    assert (returns.code, returns.state, returns.version) == ("come-si-rende-un-articolo", "draft", 1)
    assert (str(returns.category), returns.category.code) == ("Ordini e resi", "ordini-e-resi")  # type: ignore[union-attr]
    assert returns.author_id == world.people["operator"].id


def test_two_of_the_same_title_have_two_addresses(world: World, returns: Article) -> None:
    again = write_article(world.principal("operator"), replace(RETURNS, category="ORDINI E RESI"))
    assert again.code == "come-si-rende-un-articolo-2"
    assert again.category == returns.category


def test_a_change_says_what_is_different(world: World, returns: Article) -> None:
    english = TextFacts("How to return an item", "Within 14 days.")
    write_article(
        world.principal("operator"), replace(facts_of(returns), texts={"it": ITALIAN, "en": english}), returns
    )
    entry = AuditEntry.objects.filter(action="article.edit").get()
    assert entry.changes == {
        "title_en": [None, "How to return an item"],
        "answer_en": [None, "Within 14 days."],
    }


def test_the_same_again_writes_nothing(world: World, returns: Article) -> None:
    again = write_article(world.principal("operator"), replace(facts_of(returns), links=()), returns)
    assert again.version == 1
    assert ArticleVersion.objects.filter(article=returns).count() == 1


def test_the_second_of_two_is_told_what_differs(world: World, returns: Article) -> None:
    first = replace(facts_of(returns), valid_from=date(2026, 6, 1))
    write_article(world.principal("operator"), first, returns, version=1)
    with pytest.raises(Stale) as caught:
        write_article(world.principal("admin"), replace(facts_of(returns), audience="internal"), returns, version=1)
    assert caught.value.version == 2
    assert seen(world, returns).audience == "public"


def test_an_earlier_version_comes_back_as_a_new_one(world: World, returns: Article) -> None:
    shorter = replace(facts_of(returns), texts={"it": replace(ITALIAN, answer="Entro 30 giorni.", phrasings=[])})
    write_article(world.principal("operator"), shorter, returns)
    restored = seen(world, restore_version(world.principal("operator"), returns, 1))
    assert restored.version == 3
    assert facts_of(restored).texts["it"] == ITALIAN


def test_what_it_learnt_stays_when_it_is_written_anew(world: World, returns: Article) -> None:
    add_phrasing(world.principal("operator"), returns, text="Il capo è stretto", language="it", source="learnt")
    write_article(
        world.principal("operator"), replace(facts_of(returns), texts={"it": replace(ITALIAN, phrasings=[])}), returns
    )
    assert [way.text for way in seen(world, returns).phrasings.all()] == ["Il capo è stretto"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (ArticleFacts({}), "title_it"),
        (ArticleFacts({"it": TextFacts("", "Sì.")}), "title_it"),
        (ArticleFacts({"en": TextFacts("Yes?", "")}), "answer_en"),
        (ArticleFacts({"it": ITALIAN}, audience="all"), "audience"),
        (ArticleFacts({"it": ITALIAN}, valid_from=date(2026, 6, 2), valid_to=date(2026, 6, 1)), "valid_to"),
        (ArticleFacts({"it": replace(ITALIAN, phrasings=[f"Modo {n}" for n in range(501)])}), "phrasings_it"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(world: World, facts: ArticleFacts, field: str) -> None:
    with pytest.raises(InvalidFields) as caught:
        write_article(world.principal("operator"), facts)
    assert field in caught.value.fields
    assert not Article.objects.exists()


def test_it_is_checked_before_it_is_told(world: World, returns: Article) -> None:
    inside = world.principal("inside")
    ask_for_check(inside, returns)
    with pytest.raises(Forbidden):
        publish(inside, seen(world, returns))
    publish(world.principal("operator"), seen(world, returns))
    with pytest.raises(Forbidden):
        back_to_draft(inside, seen(world, returns))
    retire(world.principal("operator"), seen(world, returns))
    types = list(OutboxEvent.objects.filter(type__startswith="article.").order_by("pk").values_list("type", flat=True))
    assert types == ["article.changed", "article.submitted", "article.published", "article.retired"]


def test_who_only_reads_writes_nothing(world: World, returns: Article) -> None:
    agent = world.principal("agent")
    for verb in (
        lambda: write_article(agent, RETURNS),
        lambda: write_article(agent, RETURNS, returns),
        lambda: move_articles(agent, [returns.id], None),
        lambda: save_category(agent, name_it="Sconti"),
        lambda: add_phrasing(agent, returns, text="Rendo?", language="it"),
    ):
        with pytest.raises(Forbidden):
            verb()


def test_articles_move_between_categories_and_back(world: World, returns: Article) -> None:
    operator = world.principal("operator")
    offers = save_category(operator, name_it="Offerte", name_en="Offers")
    assert move_articles(operator, [returns.id], offers) == 1
    assert move_articles(operator, [returns.id], offers) == 0
    assert seen(world, returns).category == offers
    undo_operation(operator, AuditEntry.objects.get(action="article.move").operation)
    assert str(seen(world, returns).category) == "Ordini e resi"


def test_a_category_that_goes_leaves_its_articles(world: World, returns: Article) -> None:
    assert returns.category is not None
    remove_category(world.principal("operator"), returns.category)
    assert seen(world, returns).category is None
    assert not Category.objects.exists()


def test_two_categories_have_two_names(world: World, returns: Article) -> None:
    with pytest.raises(InvalidFields):
        save_category(world.principal("operator"), name_it="Altro", name_en="ordini E resi")
    with pytest.raises(InvalidFields):
        save_category(world.principal("operator"), name_it=" ")


def test_a_change_is_taken_back_where_nobody_changed_it_since(world: World, returns: Article) -> None:
    operator = world.principal("operator")
    changed = replace(ITALIAN, answer="Entro 30 giorni.", title="Resi", phrasings=["Rendo?"])
    write_article(operator, replace(facts_of(returns), texts={"it": changed}), returns)
    operation = AuditEntry.objects.get(action="article.edit").operation
    write_article(operator, replace(facts_of(returns), texts={"it": replace(changed, title="I resi")}), returns)
    undo_operation(operator, operation)
    assert facts_of(seen(world, returns)).texts["it"] == replace(ITALIAN, title="I resi")


def test_a_state_is_taken_back(world: World, returns: Article) -> None:
    operator = world.principal("operator")
    publish(operator, returns)
    undo_operation(operator, AuditEntry.objects.get(action="article.published").operation)
    assert seen(world, returns).state == "draft"


def test_nothing_is_published_of_nothing(world: World, returns: Article) -> None:
    returns.texts.all().delete()
    with pytest.raises(DomainError):
        publish(world.principal("operator"), returns)
