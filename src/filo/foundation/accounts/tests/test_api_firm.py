"""Who I am at the API, who works here, and the codes of the firm."""

from __future__ import annotations

import pytest

from filo.testing.api import api_of
from filo.testing.world import World


def test_me_says_who_i_am_and_what_the_token_may(world: World) -> None:
    answer = api_of(world, "agent", scopes=["party:write", "party:read"]).read("/me")
    assert answer.json() == {
        "id": str(world.people["agent"].id),
        "name": "Agent",
        "email": "agent@aurora.example",
        "role": "agent",
        "unit": "nord",
        "companies": ["aurora-moda", "aurora-casa"],
        "language": "it",
        "time_zone": "Europe/Rome",
        "scopes": ["party:read", "party:write"],
    }
    assert api_of(world, "agent").read("/me").json()["scopes"] == ["*"]


def test_people_are_listed_by_address_with_role_and_unit(world: World) -> None:
    answer = api_of(world, "agent").read("/users").json()
    assert (answer["count"], answer["count_is_exact"], answer["next"]) == (10, True, None)
    assert [item["email"].split("@")[0] for item in answer["items"]] == [
        "admin",
        "agent",
        "boss",
        "inside",
        "manager",
        "operator",
        "other.manager",
        "researcher",
        "stranger",
        "teammate",
    ]
    manager = answer["items"][4]
    assert (manager["name"], manager["role"], manager["unit"]) == ("Manager", "area-manager", "nord")
    assert api_of(world, "agent").read(f"/users/{manager['id']}").json() == manager


def test_people_are_found_by_words(world: World) -> None:
    found = api_of(world, "agent").read("/users?q=other%20man").json()["items"]
    assert [item["email"] for item in found] == ["other.manager@aurora.example"]


def test_the_firm_is_read_by_codes(world: World) -> None:
    api = api_of(world, "agent", scopes=["party:read"])
    codes = {
        path: [item["code"] for item in api.read(f"/{path}").json()["items"]]
        for path in ("companies", "areas", "channels", "product-lines", "units")
    }
    assert codes == {
        "companies": ["aurora-casa", "aurora-moda"],
        "areas": ["nord", "sud"],
        "channels": ["agents"],
        "product-lines": ["donna", "uomo"],
        "units": ["aurora", "nord", "sud"],
    }
    assert [item["company"] for item in api.read("/product-lines").json()["items"]] == ["aurora-moda"] * 2
    assert [item["parent"] for item in api.read("/units").json()["items"]] == [None, "aurora", "aurora"]


def test_only_the_companies_one_works_in_are_told(world: World) -> None:
    world.people["agent"].companies.set([world.companies["casa"]])
    api = api_of(world, "agent")
    assert [item["code"] for item in api.read("/companies").json()["items"]] == ["aurora-casa"]
    assert api.read("/product-lines").json()["items"] == []
    assert api.read("/me").json()["companies"] == ["aurora-casa"]


def test_a_list_is_walked_by_its_cursor_in_both_orders(world: World) -> None:
    api = api_of(world, "agent")
    for sort in ("email", "-email", "name"):
        whole = [item["id"] for item in api.read(f"/users?sort={sort}").json()["items"]]
        walked: list[str] = []
        cursor = ""
        while True:
            page = api.read(f"/users?sort={sort}&limit=3&cursor={cursor}").json()
            walked += [item["id"] for item in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
        assert walked == whole
        assert len(whole) == 10


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("limit=0", 422, "invalid-fields"),
        ("limit=201", 422, "invalid-fields"),
        ("limit=ten", 422, "invalid-fields"),
        ("sort=password", 400, "bad-sort"),
        ("sort=role__code", 400, "bad-sort"),
        ("cursor=abc", 400, "bad-cursor"),
        ("cursor=WzAsIngiLCJ5Il0", 400, "bad-cursor"),  # [0,"x","y"]: the second should be an id
        ("filter=x", 400, "bad-filter"),
        ('filter={"field":"password","op":"is","value":"x"}', 400, "bad-filter"),
        ('filter={"field":"email"}', 400, "bad-filter"),
    ],
)
def test_what_is_not_declared_is_refused(world: World, query: str, status: int, code: str) -> None:
    answer = api_of(world, "agent").read(f"/users?{query}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_smallest_and_the_largest_page(world: World) -> None:
    api = api_of(world, "agent")
    assert len(api.read("/users?limit=1").json()["items"]) == 1
    assert len(api.read("/users?limit=200").json()["items"]) == 10
