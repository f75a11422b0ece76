"""Where no article answers, the trees that speak of it are offered, the likeliest first."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from filo.collaborative.trees.queries.offering import guide_link, trees_for
from filo.collaborative.trees.services import retire_tree
from filo.collaborative.trees.tests.drawing import MACHINE, told
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def codes(question: str, language: str = "it", audience: str = "public") -> list[str]:
    return [tree.code for tree in trees_for(question, language, audience)]


def test_the_likeliest_comes_first(world: World) -> None:
    told()
    told(
        code="taglie", texts={"it": {"title": "Scegliere la taglia", "words": "misura pullover"}}, nodes=ONE, start="m1"
    )
    assert codes("Il corriere mi ha consegnato un pacco danneggiato") == ["pacco"]
    assert codes("Quale taglia di pullover mi serve?") == ["taglie"]
    assert codes("pacco con dentro il pullover danneggiato dal corriere") == ["pacco", "taglie"]


ONE = [{"id": "m1", "kind": "message", "text": {"it": "Ecco."}}]


@pytest.mark.parametrize("question", ["", "   ", "Buongiorno, vorrei sapere quando", "?!", "x" * 5000, "\x00'; DROP"])
def test_nothing_is_offered_for_nothing(world: World, question: str) -> None:
    told()
    assert codes(question) == []


def test_only_what_is_told_to_them_is_offered(world: World) -> None:
    tree = told(audience="customers")
    assert codes("pacco danneggiato") == []
    assert codes("pacco danneggiato", audience="customers") == ["pacco"]
    retire_tree(MACHINE, tree)
    assert codes("pacco danneggiato", audience="customers") == []


def test_a_question_in_english_finds_it_too(world: World) -> None:
    told()
    assert codes("the courier broke my parcel", "en") == ["pacco"]


def test_a_letter_can_name_it(world: World, settings: Settings) -> None:
    settings.SITE_URL = "https://filo.example/"
    assert guide_link(told()) == "https://filo.example/p/guide/pacco"
