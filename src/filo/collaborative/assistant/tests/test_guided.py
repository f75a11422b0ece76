"""A tree asks for a topic: only what is missing, to the goods that its ends name, or to a person with everything."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from filo.collaborative.assistant.models import Assisted
from filo.collaborative.assistant.queries.known import known_of
from filo.collaborative.assistant.queries.proposing import proposals_for
from filo.collaborative.assistant.services import tell_assistant
from filo.collaborative.assistant.services.guides import attach_guide
from filo.collaborative.shop.queries.shelves import shelf_of
from filo.collaborative.shop.tests.stall import Stall
from filo.collaborative.trees.drafts import facts_from_json
from filo.collaborative.trees.models import DecisionTree
from filo.collaborative.trees.queries.trees import checked_graph
from filo.collaborative.trees.services import begin_walk, draw_tree, publish_tree, retire_tree
from filo.foundation.access.principal import system
from filo.foundation.errors import InvalidFields, NotFound
from filo.operational.profile.queries import trait_values
from filo.operational.profile.services.learning import learn
from filo.testing.clients import client_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db
MACHINE = system("test")


def said(text: str) -> dict[str, str]:
    return {"it": text, "en": text}


def way(number: int, to: str, value: str = "") -> dict[str, Any]:
    return {"id": f"a{number}", "text": said(f"Answer {number}"), "to": to, "value": value}


NODES: list[dict[str, Any]] = [
    {"id": "size", "kind": "question", "text": said("Which size?"), "fills": "size", "next": "colour",
     "answers": [way(1, "person", "xxl")]},
    {"id": "colour", "kind": "question", "text": said("Which colour?"), "fills": "product:colore",
     "answers": [way(1, "goods", "blu"), way(2, "goods", "rosso")]},
    {"id": "goods", "kind": "goods", "filter": "/p/shop/find?q=giacca"},
    {"id": "person", "kind": "action", "text": said("Made to measure"), "action": "person"},
]  # fmt: skip


def tree_of(**changes: Any) -> DecisionTree:
    texts = {language: {"title": "Jackets"} for language in ("it", "en")}
    raw = {"name": "Jackets", "audience": "assistant", "texts": texts, "start": "size", "nodes": NODES}
    return draw_tree(MACHINE, facts_from_json(raw | changes))


@pytest.fixture
def guide(stall: Stall) -> DecisionTree:
    tree = publish_tree(MACHINE, tree_of())
    attach_guide(MACHINE, "giacca, cappotto", tree)
    return tree


def test_only_what_is_missing_is_asked_and_the_end_says_what_is_shown(stall: Stall, guide: DecisionTree) -> None:
    learn(MACHINE, stall.world.parties["own"], "size", "l", source="assistant", confidence=0.95)
    visitor = stall.known("own")
    tell_assistant(visitor, {}, topic="giacche")
    known = known_of(visitor)
    assert [one.label for one in known.missing] == ["Which colour?"]
    assert proposals_for(shelf_of(stall.shop, visitor), known, "it"), "also before it is answered"
    tell_assistant(visitor, {}, ways={"colour": "a1"})
    known = known_of(visitor)
    assert known.missing == []
    assert ("Which colour?", "Answer 1") in known.said
    shown = proposals_for(shelf_of(stall.shop, visitor), known, "en")
    assert any("Answer 1" in reason for reason in shown[0].reasons)
    tell_assistant(visitor, {}, ways={"colour": "a2"})
    assert proposals_for(shelf_of(stall.shop, visitor), known_of(visitor), "it") == []


def test_an_answer_is_learned_and_its_way_leads_to_a_person(stall: Stall, guide: DecisionTree) -> None:
    visitor, party = stall.known("own"), stall.world.parties["own"]
    tell_assistant(visitor, {}, topic="cappotto")
    assert [one.label for one in known_of(visitor).missing] == ["Which size?"], "what comes next hangs on it"
    tell_assistant(visitor, {"size": ["xxl"]})
    known = known_of(visitor)
    assert trait_values(party, "size") == ["xxl"]
    assert known.guided is not None
    assert (known.guided.to_person, known.guided.told) == (True, ["Made to measure"])
    assert proposals_for(shelf_of(stall.shop, visitor), known, "it") == []


def test_on_the_page(stall: Stall, guide: DecisionTree) -> None:
    client = Client()
    client.post("/p/assistant/tell", {"topic": "giacca"})
    assert "Which size?" in client.get("/p/assistant").content.decode()
    assert client.post("/p/assistant/tell", {"node:colour": "a9", "size": "l"}).status_code == 422
    assert client.post("/p/assistant/tell", {"size": "xxl"}).status_code == 302
    page = client.get("/p/assistant").content.decode()
    assert "Made to measure" in page
    assert "assist-person" in page


def test_what_has_no_tree_and_one_that_is_taken_back_ask_as_ever(stall: Stall, guide: DecisionTree) -> None:
    visitor = stall.known("own")
    tell_assistant(visitor, {}, topic="lampada")
    assert [one.name for one in known_of(visitor).missing] == ["size", "colours-liked"]
    retire_tree(MACHINE, guide)
    tell_assistant(visitor, {}, topic="giacca")
    assert [one.name for one in known_of(visitor).missing] == ["size", "colours-liked"]
    assert Assisted.objects.count() == 1


def test_faults_are_told_and_others_do_not_walk_it(stall: Stall, world: World) -> None:
    nodes = [NODES[0] | {"answers": [way(1, "person", "enormous")]}, *NODES[1:]]
    codes = {one.code for one in checked_graph(tree_of(nodes=nodes).drawn, "assistant")}
    assert "no-value" in codes
    open_ended = tree_of(nodes=[NODES[0] | {"next": ""}, *NODES[1:]])
    assert "nowhere" in {one.code for one in checked_graph(open_ended.drawn, "assistant")}
    assert "assistant-only" in {one.code for one in checked_graph(tree_of().drawn, "public")}
    with pytest.raises(InvalidFields):
        attach_guide(MACHINE, "giacca", tree_of())
    with pytest.raises(NotFound):
        begin_walk(publish_tree(MACHINE, tree_of()), channel="page")


def test_settings_attach_and_preview_what_is_drawn(stall: Stall, world: World) -> None:
    tree = publish_tree(MACHINE, tree_of())
    admin = client_of(world, "admin")
    assert admin.post("/settings/guided", {"words": "giacca", "tree": str(tree.pk)}).status_code == 302
    assert "giacca" in admin.get("/settings/guided").content.decode()
    page = admin.get(f"/trees/{tree.pk}/preview", {"size": "l", "topic": "giacca"}).content.decode()
    assert "Which colour?" in page
    assert client_of(world, "agent").get("/settings/guided").status_code == 403
    assert not Assisted.objects.exists()
