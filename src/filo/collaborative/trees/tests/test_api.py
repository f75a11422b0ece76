"""Trees at the API: listed, brought in, drawn anew, published and walked, with the rights of whoever asks."""

from __future__ import annotations

import pytest

from filo.collaborative.trees.models import DecisionTree, TreeWalk
from filo.collaborative.trees.tests.drawing import article, drawn, parcel, question, told
from filo.testing.api import api_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def test_they_are_listed_and_read(world: World) -> None:
    article()
    tree = told(article="danni")
    drawn(code="bozza", name="Bozza")
    for person, names in (("operator", ["Bozza", "Pacco"]), ("agent", ["Pacco"])):
        found = api_of(world, person).ask("GET", "/trees").json()
        assert [one["name"] for one in found["items"]] == names
        assert found["count"] == len(names)
    read = api_of(world, "agent").ask("GET", f"/trees/{tree.pk}")
    assert (read.json()["published"], read.json()["problems"]) == (1, [])
    assert {node["article"] for node in read.json()["nodes"]} == {"", "danni"}
    assert read["ETag"].startswith(f'"{tree.version}-')


def test_one_is_brought_in_as_it_was_read(world: World) -> None:
    article()
    api = api_of(world, "operator")
    there = api.ask("GET", f"/trees/{drawn(article='danni').pk}").json()
    body = {name: there[name] for name in ("name", "code", "audience", "texts", "start", "nodes")}
    answer = api.ask("POST", "/trees", body)
    assert answer.status_code == 201
    made = answer.json()
    assert made["code"] == "pacco-2"
    assert {name: made[name] for name in body} | {"code": ""} == body | {"code": ""}


def test_nonsense_is_refused_in_sentences(world: World) -> None:
    api = api_of(world, "operator", language="en")
    for body in (parcel(nodes=[{"id": "q1", "kind": "jump"}]), parcel(texts={"de": {}}), parcel(start="x" * 41), {}):
        answer = api.ask("POST", "/trees", body)
        assert answer.status_code == 422
        assert answer.json()["fields"]
    assert not DecisionTree.objects.exists()


def test_a_draft_is_drawn_anew_unless_somebody_was_first(world: World) -> None:
    tree, api = drawn(), api_of(world, "operator")
    first = api.ask("PUT", f"/trees/{tree.pk}", parcel(name="Prima"), If_Match=f'"{tree.version}"')
    second = api.ask("PUT", f"/trees/{tree.pk}", parcel(name="Seconda"), If_Match=f'"{tree.version}"')
    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json()["differing"]["name"] == {"theirs": "Prima", "yours": "Seconda"}
    assert DecisionTree.objects.get().name == "Prima"


def test_it_is_published_when_nothing_is_wrong_and_taken_back(world: World) -> None:
    api = api_of(world, "operator", language="en")
    wrong = drawn(code="wrong", nodes=[question("q1", "E adesso?")])
    refused = api.ask("POST", f"/trees/{wrong.pk}/publish")
    assert (refused.status_code, refused.json()["code"]) == (422, "not-walkable")
    assert "E adesso?" in refused.json()["fields"]["tree"][0]
    tree = drawn()
    assert api.ask("POST", f"/trees/{tree.pk}/publish", If_Match='"99"').status_code == 412
    assert api.ask("POST", f"/trees/{tree.pk}/publish").json()["published"] == 1
    assert api.ask("POST", f"/trees/{tree.pk}/retire").json()["published"] is None


def test_who_may_not_publish_does_not(world: World) -> None:
    tree = drawn()
    assert api_of(world, "inside").ask("POST", f"/trees/{tree.pk}/publish").status_code == 403
    assert api_of(world, "agent").ask("POST", "/trees", parcel()).status_code == 403
    assert api_of(world, "agent").ask("GET", f"/trees/{tree.pk}").status_code == 404
    reader = api_of(world, "operator", scopes=["tree:read"])
    assert reader.ask("POST", f"/trees/{tree.pk}/publish").json()["code"] == "scope-missing"


def test_it_is_walked_to_its_end(world: World) -> None:
    article()
    tree, api = told(article="danni"), api_of(world, "agent", language="en")
    begun = api.ask("POST", f"/trees/{tree.pk}/walks")
    assert begun.status_code == 201
    step = begun.json()
    assert (step["text"], next(one["text"] for one in step["answers"])) == ("Che cosa è successo? (en)", "Rotto (en)")
    walk = f"/trees/{tree.pk}/walks/{step['walk']}"
    api.ask("POST", walk, {"node": "q1", "answer": "a1"})
    last = api.ask("POST", walk, {"node": "q2", "answer": "a1"}).json()
    assert (last["article"]["title"], last["article"]["holds"], last["is_end"]) == ("The goods are damaged", True, True)
    assert [one["chosen"] for one in last["passed"]] == ["Rotto (en)", "Sì (en)"]
    assert api.ask("POST", walk, {"node": "k1", "helped": True}).json()["helped"] is True
    assert TreeWalk.objects.get().channel == "api"


def test_steps_that_are_none_are_refused(world: World) -> None:
    tree, api = told(), api_of(world, "agent")
    walk = f"/trees/{tree.pk}/walks/{api.ask('POST', f'/trees/{tree.pk}/walks').json()['walk']}"
    assert api.ask("POST", walk, {"node": "t1", "answer": "a1"}).status_code == 404
    assert api.ask("POST", walk, {"node": "q1", "answer": "a9"}).json()["code"] == "no-answer"
    other = told(code="altro")
    assert api.ask("POST", walk.replace(str(tree.pk), str(other.pk)), {"node": "q1", "answer": "a1"}).status_code == 404
    assert api.ask("POST", f"/trees/{drawn(code='bozza').pk}/walks").status_code == 404
