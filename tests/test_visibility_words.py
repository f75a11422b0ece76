"""Masked fields, settings, other eyes, and the requirements' own sentences about who sees what."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import quote

import pytest

from filo.foundation.accounts.tokens import make_token
from filo.operational.parties.services.editing import edit_party
from filo.testing.clients import CheckedClient, client_of
from filo.testing.forms import values_of
from filo.testing.matrix import MASKS, PEOPLE, SEES_SETTINGS, Oracle
from filo.testing.pages import routes
from filo.testing.world import BUILDER, World


def quote_filter(tree: object) -> str:
    return "filter=" + quote(json.dumps(tree))


# --- masked fields ------------------------------------------------------------------------------------------

SECRETS = {"codice_fiscale": "BSSNNA80A41F205G", "birth_date": "1980-01-01"}


@pytest.mark.parametrize("person", list(PEOPLE))
def test_masked_fields_are_nowhere(world: World, person: str) -> None:
    anna = world.parties["contact"]
    edit_party(BUILDER, anna, {**SECRETS}, version=None)
    oracle = Oracle("by-area", person)
    if "contact" not in oracle.parties:
        return
    hidden, client = MASKS.get(oracle.role, set()), client_of(world, person)
    for door in ("", "/facts", "/head", "/peek", "/edit", "/timeline"):
        text = client.get(f"/parties/{anna.id}{door}").text
        for name in hidden:
            assert SECRETS[name] not in text, (door, name)
            assert f'name="{name}"' not in text, (door, name)
    assert ("1 gennaio 1980" in client.get(f"/parties/{anna.id}").text) == ("birth_date" not in hidden)


@pytest.mark.parametrize("person", ["admin", "researcher", "operator"])
def test_a_masked_field_cannot_be_filtered_by(world: World, person: str) -> None:
    edit_party(BUILDER, world.parties["contact"], {**SECRETS}, version=None)
    client, hidden = client_of(world, person), MASKS.get(PEOPLE[person], set())
    asked = quote_filter({"field": "codice_fiscale", "op": "is", "value": SECRETS["codice_fiscale"]})
    unknown = quote_filter({"field": "nothing_like_it", "op": "is", "value": "x"})
    response = client.get(f"/parties?{asked}")
    if "codice_fiscale" in hidden:
        assert response.status_code == 400
        one, other = response.text, client.get(f"/parties?{unknown}").text
        assert _plain(one, "codice_fiscale") == _plain(other, "nothing_like_it")
    else:
        assert names_of(world, response.text) == {"contact"}


def _plain(text: str, name: str) -> str:
    """A page without what differs at every request."""
    own = r'(csrf-token|filo-page)" content="[^"]*"|name="(csrfmiddlewaretoken|next)" value="[^"]*"'
    text = re.sub(own, "", text)
    return html.unescape(text).replace(name, "NAME")


def names_of(world: World, text: str) -> set[str]:
    rows = html.unescape(text).split("<tbody>")[-1]
    return {key for key, party in world.parties.items() if party.display_name in rows}


def test_a_masked_field_is_neither_changed_nor_lost_by_editing(world: World) -> None:
    anna = world.parties["contact"]
    edit_party(BUILDER, anna, {**SECRETS}, version=None)
    client = client_of(world, "researcher")
    typed = values_of(client.get(f"/parties/{anna.id}/edit").text, containing="version")
    typed |= {"family_name": "Bassi Conti", "codice_fiscale": "", "birth_date": "1990-09-09"}
    assert client.post(f"/parties/{anna.id}/edit", typed).status_code == 302
    anna.refresh_from_db()
    assert (anna.family_name, anna.codice_fiscale) == ("Bassi Conti", SECRETS["codice_fiscale"])
    assert str(anna.birth_date) == SECRETS["birth_date"]


def test_a_clash_does_not_show_a_masked_value(world: World) -> None:
    anna = world.parties["contact"]
    edit_party(BUILDER, anna, {**SECRETS}, version=None)
    client = client_of(world, "researcher")
    typed = values_of(client.get(f"/parties/{anna.id}/edit").text, containing="version")
    edit_party(BUILDER, anna, {"family_name": "Verdi", "birth_date": "1981-02-03"}, version=None)
    response = client.post(f"/parties/{anna.id}/edit", typed | {"family_name": "Rossi"})
    assert response.status_code == 412
    for value in (*SECRETS.values(), "1981-02-03"):
        assert value not in response.text


@pytest.mark.parametrize("person", ["researcher", "operator"])
def test_the_api_hides_masked_fields(world: World, person: str) -> None:
    if "api/v1/parties" not in {pattern for pattern, _view in routes()}:
        return
    anna, user = world.parties["contact"], world.people[person]
    edit_party(BUILDER, anna, {**SECRETS}, version=None)
    _token, secret = make_token(world.principal(person), user, label="masks")
    client = CheckedClient(headers={"Authorization": f"Bearer {secret}"})
    for name in MASKS[PEOPLE[person]]:
        assert SECRETS[name] not in client.get(f"/api/v1/parties/{anna.id}").text
        assert SECRETS[name] not in client.get("/api/v1/parties").text
        refused = client.patch(f"/api/v1/parties/{anna.id}", {name: "x"}, content_type="application/json")
        assert refused.status_code == 422, name
        tree = {"field": name, "op": "is", "value": SECRETS[name]}
        assert client.get(f"/api/v1/parties?{quote_filter(tree)}").status_code == 400, name
        assert client.get(f"/api/v1/parties?sort={name}").status_code == 400, name


# What came to one's own mailbox is shown on the same page: collaborative/mailroom/tests.
OWN_AMONG_SETTINGS = ("settings/incoming-mail",)

# --- staff pages --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", list(PEOPLE))
def test_settings_are_for_those_who_may(world: World, person: str) -> None:
    client, wrong = client_of(world, person), []
    for pattern, _view in routes():
        if not pattern.startswith("settings") or "<" in pattern or pattern in OWN_AMONG_SETTINGS:
            continue
        response = client.get(f"/{pattern}")
        if response.status_code == 405:
            continue
        allowed = PEOPLE[person] in SEES_SETTINGS
        if (not allowed and response.status_code != 403) or (allowed and response.status_code not in (200, 302, 403)):
            wrong.append(f"{pattern}: {response.status_code}")
    assert not wrong


@pytest.mark.parametrize("person", [person for person in PEOPLE if person != "admin"])
def test_only_an_administrator_changes_settings(world: World, person: str) -> None:
    client, wrong = client_of(world, person), []
    for pattern, _view in routes():
        if pattern.startswith("settings") and "<" not in pattern:
            response = client.post(f"/{pattern}", {"name": "x"})
            if response.status_code not in (403, 405):
                wrong.append(f"{pattern}: {response.status_code}")
    assert not wrong


@pytest.mark.parametrize("person", list(PEOPLE))
def test_only_an_administrator_looks_through_other_eyes(world: World, person: str) -> None:
    client = client_of(world, person)
    response = client.post(f"/view-as/{world.people['agent'].id}")
    assert response.status_code == (302 if person == "admin" else 403)


def test_through_other_eyes_one_sees_as_they_do_and_changes_nothing(world: World) -> None:
    client = client_of(world, "admin")
    client.post(f"/view-as/{world.people['agent'].id}")
    assert names_of(world, client.get("/parties").text) == Oracle("by-area", "agent").parties
    own = world.parties["own"]
    assert client.get(f"/parties/{world.parties['southern'].id}").status_code == 404
    assert client.post(f"/parties/{own.id}/interactions", {"channel": "call", "body": "x"}).status_code == 403
    assert client.post(f"/parties/{own.id}/delete").status_code == 403
    client.post("/view-as/end")
    assert client.get(f"/parties/{world.parties['southern'].id}").status_code == 200


# --- in words -----------------------------------------------------------------------------------------------


def test_two_agents_on_one_customer_each_see_identity_and_their_own_work(world: World) -> None:
    card = f"/parties/{world.parties['shared'].id}"
    mine, theirs = client_of(world, "agent").get(card).text, client_of(world, "teammate").get(card).text
    for text in (mine, theirs):
        assert "Emporio Conti S.n.c." in html.unescape(text)
    assert "subject of agents_call" in mine
    assert "subject of teammates_call" not in mine
    assert "subject of teammates_call" in theirs
    assert "subject of agents_call" not in theirs


def test_their_area_manager_sees_both(world: World) -> None:
    text = client_of(world, "manager").get(f"/parties/{world.parties['shared'].id}").text
    assert "subject of agents_call" in text
    assert "subject of teammates_call" in text


def test_the_other_areas_manager_sees_neither_nor_the_card(world: World) -> None:
    assert client_of(world, "other_manager").get(f"/parties/{world.parties['shared'].id}").status_code == 404


def test_the_same_answer_for_what_is_not_there_and_what_is_not_ones_own(world: World) -> None:
    client = client_of(world, "stranger")
    unseen = client.get(f"/parties/{world.parties['own'].id}")
    nowhere = client.get("/parties/01a2019c-7fd7-7c53-bc80-8be9dfea212e")
    assert unseen.status_code == nowhere.status_code == 404
    assert _plain(unseen.text, "") == _plain(nowhere.text, "")
