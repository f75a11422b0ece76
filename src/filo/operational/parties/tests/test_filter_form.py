"""The form that builds a filter: rows and groups that grow without a script, and end in the address of the list."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.http import QueryDict

from filo.foundation.filters.asking import tree_of
from filo.operational.parties.filters import PARTY_FILTERS
from filo.testing.clients import CheckedClient
from filo.testing.world import World

SignedIn = Callable[[str], CheckedClient]
AREAS = {"field": "area", "op": "in", "value": ["nord", "sud"]}
NOT_CUSTOMER = {"field": "stage", "op": "is-not", "value": "customer"}
ALONE = {"field": "last_contact", "op": "older-than-days", "value": "60"}
EITHER = {
    "or": [{"field": "sector", "op": "empty"}, {"not": {"field": "city", "op": "in", "value": ["Milano", "Lodi"]}}]
}
DEEP = {"or": [{"and": [{"field": "kind", "op": "is", "value": "person"}, ALONE]}, NOT_CUSTOMER]}


def fields_of(page: str) -> list[tuple[str, str]]:
    """What a browser without scripts would send of the form, but for the button."""
    form = page[page.index("<form", page.index("data-builder") - 80) :]
    form = form[: form.index("</form>")]
    found: list[tuple[str, str]] = []
    for tag in re.finditer(r"<input\b([^>]*)>|<select\b([^>]*)>(.*?)</select>", form, re.DOTALL):
        attributes = tag[1] or tag[2]
        name = re.search(r'\bname="([^"]*)"', attributes)
        if not name:
            continue
        if tag[1] is not None:
            if 'type="checkbox"' in attributes and not re.search(r"\bchecked\b", attributes):
                continue
            value = re.search(r'\bvalue="([^"]*)"', attributes)
            found.append((name[1], unescape(value[1]) if value else ""))
            continue
        options = re.findall(r'<option value="([^"]*)"([^>]*)>', tag[3])
        chosen = [unescape(value) for value, rest in options if "selected" in rest]
        if not chosen and "multiple" not in attributes and options:
            chosen = [unescape(options[0][0])]
        found += [(name[1], value) for value in chosen]
    return found


def pressed(client: CheckedClient, page: str, do: str, *more: tuple[str, str]) -> Any:
    """The answer to a button, after some fields got these values."""
    names = {name for name, _value in more}
    kept = [(name, value) for name, value in fields_of(page) if name not in names]
    return client.get("/parties/filter?" + urlencode([*kept, *more, ("do", do)]))


def shown(world: World, answer: Any, person: str = "admin") -> Any:
    """The tree of the list that the form leads to."""
    assert answer.status_code == 302, answer.text
    address = urlsplit(answer["Location"])
    assert address.path == "/parties"
    return tree_of(QueryDict(address.query), PARTY_FILTERS, world.principal(person))


def test_a_filter_is_built_button_by_button(world: World, client_of: SignedIn) -> None:
    client = client_of("admin")
    page = client.get("/parties/filter?sort=-created&columns=name,stage&view=7&q=moda").text
    page = pressed(client, page, "add", ("new", "area")).text
    page = pressed(client, page, "add", ("new", "stage"), ("row-0-value", "nord"), ("row-0-value", "sud")).text
    page = pressed(client, page, "add", ("new", "last_contact"), ("row-1-value", "customer"), ("row-1-not", "1")).text
    page = pressed(client, page, "again", ("row-2-op", "older-than-days")).text
    assert 'type="number"' in page
    answer = pressed(client, page, "show", ("row-2-value", "60"))
    assert shown(world, answer) == {"and": [AREAS, NOT_CUSTOMER, ALONE]}
    pairs = parse_qsl(urlsplit(answer["Location"]).query)
    assert pairs[0] == ("q", "moda")
    assert pairs[-3:] == [("sort", "-created"), ("columns", "name,stage"), ("view", "7")]
    assert "filter" not in dict(pairs)


@pytest.mark.parametrize(
    "tree",
    [
        *(AREAS, NOT_CUSTOMER, ALONE, EITHER, {"not": EITHER}, DEEP, {"field": "created", "op": "this-week"}),
        {"field": "owner", "op": "is", "value": "me"},
        {"not": {"field": "created", "op": "after", "value": "2026-01-02"}},
    ],
    ids=lambda tree: json.dumps(tree)[:50],
)
def test_what_is_opened_comes_out_as_it_went_in(world: World, client_of: SignedIn, tree: dict[str, Any]) -> None:
    client = client_of("admin")
    page = client.get("/parties/filter?" + urlencode({"filter": json.dumps(tree)})).text
    assert shown(world, pressed(client, page, "show")) == {"and": [tree]}


def test_a_group_grows_and_goes(world: World, client_of: SignedIn) -> None:
    client = client_of("admin")
    page = client.get("/parties/filter?kind=organisation").text
    page = pressed(client, page, "group").text
    page = pressed(client, page, "add:0", ("new-0", "sector")).text
    page = pressed(client, page, "add:0", ("new-0", "province"), ("row-0-op", "set")).text
    filled = pressed(client, page, "again", ("row-1-value", "MI, Lodi"), ("group-0-not", "1")).text
    kind = {"field": "kind", "op": "is", "value": "organisation"}
    inner = [{"field": "sector", "op": "set"}, {"field": "province", "op": "in", "value": ["MI", "Lodi"]}]
    assert shown(world, pressed(client, filled, "show")) == {"and": [kind, {"not": {"or": inner}}]}
    assert shown(world, pressed(client, filled, "show", ("group-0-join", "and"))) == {
        "and": [kind, {"not": {"and": inner}}]
    }
    less = pressed(client, filled, "drop:0").text
    assert shown(world, pressed(client, less, "show")) == {"and": [kind, {"not": {"or": inner[1:]}}]}
    assert shown(world, pressed(client, pressed(client, less, "ungroup:0").text, "show")) == {"and": [kind]}


def test_a_condition_without_a_sensible_value_is_told_so_where_it_stands(client_of: SignedIn) -> None:
    client = client_of("admin")
    page = pressed(client, client.get("/parties/filter").text, "add", ("new", "last_contact")).text
    for value, sentence in (("", "Scegli o scrivi"), ("2026-99-99", "«Ultimo contatto»")):
        answer = pressed(client, page, "show", ("row-0-op", "before"), ("row-0-value", value))
        assert answer.status_code == 422
        assert sentence in answer.text.split('id="row-0-error"')[1][:400]


def test_a_chip_opens_its_own_condition(client_of: SignedIn) -> None:
    client = client_of("admin")
    page = client.get("/parties/filter?area=nord&area=sud&stage=lead&at=0").text
    assert page.index("data-here") < page.index("row-0-field")
    page = client.get("/parties/filter?area=nord&area=sud&stage=lead&at=1").text
    assert re.search(r'<select id="f-stage"[^>]*autofocus', page)
    assert "data-here" not in page


def test_what_is_hidden_from_somebody_is_not_offered(client_of: SignedIn) -> None:
    assert 'value="codice_fiscale"' in client_of("admin").get("/parties/filter").text
    client = client_of("researcher")
    assert 'value="codice_fiscale"' not in client.get("/parties/filter").text
    assert client.get("/parties/filter?codice_fiscale=x").status_code == 400
    asked = {"built": "1", "row-0-field": "codice_fiscale", "row-0-op": "is", "row-0-value": "x", "do": "show"}
    assert client.get("/parties/filter?" + urlencode(asked))["Location"] == "/parties"


def test_htmx_gets_the_form_alone(client_of: SignedIn) -> None:
    client = client_of("admin")
    answer = client.get("/parties/filter", headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith("<form")


@pytest.mark.parametrize(
    "query", ["row-0-field=area", "row-999-field=x&do=add:9", "do=drop:77", "group-0-join=x", "written=x"]
)
def test_a_form_that_was_made_up_does_no_harm(client_of: SignedIn, query: str) -> None:
    answer = client_of("admin").get(f"/parties/filter?built=1&{query}")
    assert answer.status_code == (400 if "written" in query else 200)


def test_in_the_list_the_form_stays_where_it_is_and_says_what_is_wanted(client_of: SignedIn) -> None:
    client = client_of("agent")
    part = {"HX-Request": "true"}
    row = {"built": "1", "row-0-field": "last_contact", "row-0-op": "older-than-days", "do": "show"}
    wrong = client.get("/parties/filter?" + urlencode(row | {"row-0-value": "tanti"}), headers=part)
    assert wrong.status_code == 422
    assert "Scrivi un numero di giorni, per esempio 30." in wrong.content.decode()
    assert "<html" not in wrong.content.decode()
    right = client.get("/parties/filter?" + urlencode(row | {"row-0-value": "60"}), headers=part)
    assert right.headers["HX-Redirect"] == "/parties?last_contact=older-than-days%3A60"
