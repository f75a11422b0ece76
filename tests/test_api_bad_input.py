"""Whatever is sent, the API answers 2xx or a 4xx problem that changed nothing, never a failure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filo.testing.api import ApiClient, api_of
from filo.testing.world import World

SETTINGS = settings(
    max_examples=60 if connection.vendor == "sqlite" else 20,  # what the engines tell apart, few show
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec="utf-8"), max_size=40)
    | st.sampled_from(
        ["", " ", "person", "organisation", "x" * 400, "\u202e", "2026-02-30", "é@è.it", "0" * 16, "\x00"]
    )
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
FORBIDDEN = ("is_admin", "owner_id", "id", "total", "number", "unit_id", "version", "created_at", "deleted_at")
PARTY = (
    "given_name", "family_name", "title", "gender", "birth_date", "legal_name", "sector", "vat_number",
    "codice_fiscale", "sdi_code", "language", "notes", "contact_points", "addresses", "fields",
)  # fmt: skip
STORY = ("at", "direction", "subject", "outcome", "body", "minutes", "actors", "channel", "party")
POINT = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["email", "pec", "phone", "mobile", "fax", "web", "social"]),
        "value": st.text(max_size=30),
    },
    optional={"label": SCALARS, "preferred": SCALARS},
)
ADDRESS = st.dictionaries(
    st.sampled_from(["use", "street", "postal_code", "city", "province", "country", "latitude", "longitude"]), SCALARS
)
RELATIONSHIP = st.fixed_dictionaries(
    {"company": st.sampled_from(["aurora-moda", "aurora-casa"]) | SCALARS},
    optional={
        "product_line": st.sampled_from(["donna", "uomo"]) | SCALARS,
        "stage": st.sampled_from(["lead", "customer"]) | SCALARS,
        "area": st.sampled_from(["nord", "sud"]) | SCALARS,
        "owner": st.sampled_from(["agent@aurora.example"]) | SCALARS,
        "members": st.lists(st.sampled_from(["agent@aurora.example", "x"]), max_size=3) | SCALARS,
    },
)
FACTS = st.dictionaries(st.sampled_from(PARTY), JSON, max_size=4) | st.fixed_dictionaries(
    {}, optional={"contact_points": st.lists(POINT, max_size=3), "addresses": st.lists(ADDRESS, max_size=2)}
)
BODIES = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["person", "organisation"]),
        "family_name": st.text(max_size=20),
        "legal_name": st.text(max_size=20),
    },
    optional={
        "relationships": st.lists(RELATIONSHIP, max_size=3) | JSON,
        "stage": SCALARS,
        "source": SCALARS,
        "external_identities": st.lists(st.fixed_dictionaries({"system": SCALARS, "key": SCALARS}), max_size=2),
    },
)


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    caches["process"].clear()
    yield
    caches["process"].clear()


class _Undo(Exception):
    """Takes an example back, so that the next begins with the same world."""


def ask(api: ApiClient, method: str, path: str, body: Any) -> int:
    """The status; the checked client has seen to it that a 4xx changed nothing and reads as a problem."""
    try:
        with transaction.atomic():
            answer = api.ask(method, path, json.dumps(body) if not isinstance(body, str) else body)
            status: int = answer.status_code
            raise _Undo
    except _Undo:
        pass
    assert status < 500, (method, path, body)
    return status


@SETTINGS
@given(body=st.builds(lambda body, facts: {**facts, **body}, BODIES, FACTS))
def test_any_new_party_is_taken_or_refused(world: World, body: dict[str, Any]) -> None:
    ask(api_of(world, "inside"), "POST", "/parties", body)


@SETTINGS
@given(body=FACTS)
def test_any_change_of_a_party_is_taken_or_refused(world: World, body: dict[str, Any]) -> None:
    ask(api_of(world, "inside"), "PATCH", f"/parties/{world.parties['own'].id}", body)


@SETTINGS
@given(body=JSON, place=st.integers(0, 8))
def test_any_json_anywhere_is_taken_or_refused(world: World, body: Any, place: int) -> None:
    own, call = world.parties["own"], world.interactions["agents_call"]
    relationship = own.relationships.get()
    method, path = [
        ("POST", "/parties"),
        ("PATCH", f"/parties/{own.id}"),
        ("POST", f"/parties/{own.id}/relations"),
        ("POST", f"/parties/{own.id}/relationships"),
        ("PATCH", f"/relationships/{relationship.id}"),
        ("POST", f"/relationships/{relationship.id}/stage"),
        ("POST", "/interactions"),
        ("PATCH", f"/interactions/{call.id}"),
        ("POST", "/tasks"),
    ][place]
    ask(api_of(world, "admin"), method, path, body)


@SETTINGS
@given(body=st.fixed_dictionaries({}, optional=dict.fromkeys(STORY, JSON)))
def test_any_interaction_is_taken_or_refused(world: World, body: dict[str, Any]) -> None:
    api, call = api_of(world, "admin"), world.interactions["agents_call"]
    ask(api, "POST", "/interactions", {"party": str(world.parties["own"].id), "channel": "call", **body})
    ask(api, "PATCH", f"/interactions/{call.id}", body)


@SETTINGS
@given(
    name=st.sampled_from(["stage", "owner", "area", "kind", "created", "province", "sector", "channel", "at", "due_on"])
    | st.text(max_size=8),
    op=st.sampled_from(["is", "is-not", "in", "contains", "before", "after", "within-days", "empty"]) | SCALARS,
    value=JSON,
    cursor=st.text(max_size=20) | st.just(""),
    path=st.sampled_from(["/parties", "/interactions", "/tasks", "/users", "/areas"]),
)
def test_any_question_is_answered_or_refused(
    world: World, name: str, op: Any, value: Any, cursor: str, path: str
) -> None:
    tree = quote(json.dumps({"field": name, "op": op, "value": value}))
    assert api_of(world, "admin").read(f"{path}?filter={tree}").status_code in (200, 400)
    assert api_of(world, "admin").read(f"{path}?cursor={quote(cursor)}&q={quote(name)}").status_code in (200, 400)


BODIES: dict[str, dict[str, Any]] = {
    "/parties": {"kind": "person", "family_name": "Rossi"},
    "/interactions": {"channel": "note", "body": "x"},
    "/tasks": {"title": "x"},
}


@pytest.mark.parametrize(
    ("path", "name"),
    [(path, name) for path in BODIES for name in FORBIDDEN if (path, name) != ("/interactions", "number")],
)
def test_what_nobody_may_set_is_refused(world: World, path: str, name: str) -> None:
    body = BODIES[path]
    if path == "/interactions":
        body = body | {"party": str(world.parties["own"].id)}
    answer = api_of(world, "admin").send(path, body | {name: "1"})
    assert (answer.status_code, answer.json()["fields"]) == (422, {name: ["There is no such field."]})
