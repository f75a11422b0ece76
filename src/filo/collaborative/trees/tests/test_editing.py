"""Those who draw trees: the editor keeps what they draw, tells of others, checks while they draw; files come and go."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filo.collaborative.knowledge.services import retire
from filo.collaborative.trees.drafts import facts_from_json
from filo.collaborative.trees.models import DecisionTree
from filo.collaborative.trees.queries.exporting import exported
from filo.collaborative.trees.services import draw_tree
from filo.collaborative.trees.tests.drawing import MACHINE, article, drawn, parcel, question, told
from filo.foundation.audit.undoing import undo_operation
from filo.operational.service.models import ServiceGroup
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
Clients = Callable[[str], CheckedClient]


def sent(client: CheckedClient, tree: DecisionTree, what: str, raw: Any) -> Any:
    return client.post(f"/trees/{tree.pk}/{what}", json.dumps(raw), content_type="application/json")


def test_a_tree_begins_with_a_name(client_of: Clients) -> None:
    client = client_of("operator")
    response = client.post("/trees/new", {"name": "Resi", "audience": "public"})
    tree = DecisionTree.objects.get()
    assert response["Location"] == f"/trees/{tree.pk}/edit"
    assert client.get(response["Location"]).status_code == 200
    assert "Resi" in client.get("/trees").content.decode()


def test_what_is_drawn_is_saved(client_of: Clients) -> None:
    tree = drawn()
    response = sent(client_of("operator"), tree, "save", {"version": tree.version, "tree": parcel(name="Altro nome")})
    assert response.status_code == 200
    assert json.loads(response.content)["version"] == tree.version + 1
    assert DecisionTree.objects.get().name == "Altro nome"


def test_who_was_overtaken_is_told_and_may_save_over_it(client_of: Clients) -> None:
    tree, client = drawn(), client_of("operator")
    now = draw_tree(MACHINE, facts_from_json(parcel(name="Prima")), tree)
    mine = {"version": tree.version, "tree": parcel(name="Mia")}
    response = sent(client, tree, "save", mine)
    answer = json.loads(response.content)
    assert (response.status_code, answer["version"]) == (412, now.version)
    assert answer["sentence"]
    assert DecisionTree.objects.get().name == "Prima"
    assert sent(client, tree, "save", mine | {"version": answer["version"]}).status_code == 200
    assert DecisionTree.objects.get().name == "Mia"


@pytest.mark.parametrize("raw", [{}, [], None, {"tree": 3}, {"tree": {"name": "x", "nodes": "?"}}, "x" * 100])
@pytest.mark.parametrize("what", ["save", "check"])
def test_nonsense_is_refused_and_nothing_changes(client_of: Clients, raw: Any, what: str) -> None:
    tree = drawn()
    assert sent(client_of("operator"), tree, what, raw).status_code in (400, 422)
    assert DecisionTree.objects.get().version == tree.version


def test_checks_are_told_while_one_draws(client_of: Clients) -> None:
    tree = drawn()
    raw = {"tree": parcel(nodes=[question("q1", "E adesso?")])}
    answer = json.loads(sent(client_of("operator"), tree, "check", raw).content)
    assert [(one["node"], one["code"]) for one in answer["problems"]] == [("q1", "dead-end")]
    assert DecisionTree.objects.get().version == tree.version


def test_articles_are_found_to_be_put_into_it(client_of: Clients) -> None:
    known = article()
    for words, found in (("danneggiata", [str(known.pk)]), ("", [str(known.pk)]), ("lampada", [])):
        answer = json.loads(client_of("operator").get("/trees/articles", {"q": words}).content)
        assert [one["id"] for one in answer["articles"]] == found


def test_it_is_published_from_its_page_and_back(client_of: Clients, world: World) -> None:
    tree, client = drawn(), client_of("operator")
    client.post(f"/trees/{tree.pk}/state", {"state": "published", "version": tree.version})
    assert DecisionTree.objects.get().live is not None
    page = client.get(f"/trees/{tree.pk}")
    undo = next(message.extra_tags for message in page.context["messages"])
    undo_operation(world.principal("operator"), undo.split("/")[2])
    assert DecisionTree.objects.get().live is None


def test_a_stale_page_does_not_publish(client_of: Clients) -> None:
    tree = drawn()
    draw_tree(MACHINE, facts_from_json(parcel(name="Altro")), tree)
    client_of("operator").post(f"/trees/{tree.pk}/state", {"state": "published", "version": tree.version})
    assert DecisionTree.objects.get().live is None


def test_what_is_to_be_mended_stands_on_its_page(client_of: Clients) -> None:
    tree = drawn(nodes=[question("q1", "E adesso?")])
    client = client_of("operator")
    assert "«E adesso?» è un vicolo cieco" in client.get(f"/trees/{tree.pk}").content.decode()
    client.post(f"/trees/{tree.pk}/state", {"state": "published", "version": tree.version})
    assert DecisionTree.objects.get().live is None


def test_who_only_walks_sees_no_editor_and_changes_nothing(client_of: Clients) -> None:
    tree, client = told(), client_of("agent")
    assert client.get(f"/trees/{tree.pk}").status_code == 200
    assert client.get(f"/trees/{tree.pk}/edit").status_code == 403
    assert sent(client, tree, "save", {"tree": parcel(name="Suo")}).status_code == 403
    assert client.post(f"/trees/{tree.pk}/remove").status_code == 403
    draft = drawn(code="bozza")
    for address in ("", "/edit", "/export"):
        assert client.get(f"/trees/{draft.pk}{address}").status_code in (403, 404)


def test_another_group_answers(client_of: Clients) -> None:
    tree, group = drawn(), ServiceGroup.objects.create(code="posta", name="Posta")
    client_of("operator").post(f"/trees/{tree.pk}/group", {"group": str(group.pk)})
    assert DecisionTree.objects.get().group == group
    sent(client_of("operator"), tree, "save", {"tree": parcel(name="Altro")})
    assert DecisionTree.objects.get().group == group


def test_a_file_goes_out_and_comes_in_the_same(client_of: Clients) -> None:
    article()
    tree, client = drawn(article="danni"), client_of("operator")
    file = client.get(f"/trees/{tree.pk}/export").content
    assert json.loads(file)["nodes"][-1]["article"] == "danni"
    client.post("/trees/import", {"file": SimpleUploadedFile("pacco.json", file)})
    other = DecisionTree.objects.exclude(pk=tree.pk).get()
    assert other.code == "pacco-2"
    assert exported(other, draft=True) | {"code": ""} == exported(tree, draft=True) | {"code": ""}


@pytest.mark.parametrize(
    "file",
    [b"", b"no json", b"\xff\xfe\x00", b"[" * 100_000, b"[]", b"null", b'{"name": 1}', b'{"name":"x","nodes":[1]}'],
)
def test_a_file_that_is_no_tree_is_refused_in_a_sentence(client_of: Clients, file: bytes) -> None:
    response = client_of("operator").post("/trees/import", {"file": SimpleUploadedFile("x.json", file)})
    assert response.status_code == 422
    assert 'class="error"' in response.content.decode()
    assert not DecisionTree.objects.exists()


def test_a_change_is_taken_back(client_of: Clients, world: World) -> None:
    tree, group = drawn(), ServiceGroup.objects.create(code="posta", name="Posta")
    client = client_of("operator")
    client.post(f"/trees/{tree.pk}/group", {"group": str(group.pk)})
    undo = next(message.extra_tags for message in client.get(f"/trees/{tree.pk}").context["messages"])
    undo_operation(world.principal("operator"), undo.split("/")[2])
    assert DecisionTree.objects.get().group is None


def test_an_article_names_the_trees_that_lead_to_it_and_its_end_is_told(client_of: Clients) -> None:
    known = article()
    tree, client = told(article="danni"), client_of("operator")
    assert f"/trees/{tree.pk}" in client.get(f"/knowledge/{known.pk}").content.decode()
    assert "da sistemare" not in client.get("/trees").content.decode()
    retire(MACHINE, known)
    assert "1 da sistemare" in client.get("/trees").content.decode()
    assert "non è pubblicato" in client.get(f"/trees/{tree.pk}").content.decode()


def test_an_earlier_state_is_drawn_again(client_of: Clients) -> None:
    tree, client = told(), client_of("operator")
    draw_tree(MACHINE, facts_from_json(parcel(nodes=[question("q1", "E adesso?")])), tree)
    assert f"/trees/{tree.pk}/states/1/draw" in client.get(f"/trees/{tree.pk}").content.decode()
    client.post(f"/trees/{tree.pk}/states/1/draw")
    assert len(DecisionTree.objects.get().drawn.nodes) == 5
    assert client.post(f"/trees/{tree.pk}/states/9/draw").status_code == 404
    assert client_of("agent").post(f"/trees/{tree.pk}/states/1/draw").status_code == 403


def test_what_was_thrown_away_comes_back(client_of: Clients, world: World) -> None:
    tree, client = drawn(), client_of("operator")
    client.post(f"/trees/{tree.pk}/remove")
    assert not DecisionTree.objects.exists()
    undo = next(message.extra_tags for message in client.get("/trees").context["messages"])
    undo_operation(world.principal("operator"), undo.split("/")[2])
    back = DecisionTree.objects.get()
    assert (back.pk, back.code, back.draft) == (tree.pk, tree.code, tree.draft)
