"""Deals at the API: opened, listed, changed, moved, won and lost; with the rights of whoever asks."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from filo.operational.deals.models import Deal, PipelineStage
from filo.operational.deals.tests.floor import Floor
from filo.testing.api import api_of

pytestmark = pytest.mark.django_db


def test_it_is_opened_and_read(floor: Floor) -> None:
    api = api_of(floor.world, "agent")
    body = {
        "party": str(floor.world.parties["own"].id),
        "title": "Divise",
        "value": {"amount": "1250.50", "currency": "EUR"},
        "owner": "agent@aurora.example",
        "pipeline": "shops",
    }
    answer = api.ask("POST", "/deals", body)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["stage"], made["value"], made["chance"]) == ("first", {"amount": "1250.50", "currency": "EUR"}, 10)
    assert (made["area"], made["company"], made["party"]["display_name"]) == (
        "nord",
        "aurora-moda",
        "Lanificio Bassi S.r.l.",
    )
    read = api.ask("GET", f"/deals/{made['id']}")
    assert (read.json()["title"], read["ETag"]) == ("Divise", answer["ETag"])


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"value": {"amount": "-1"}}, "amount"),
        ({"pipeline": "nowhere"}, "pipeline"),
        ({"stage": "won"}, "stage"),
        ({"owner": "nobody@aurora.example"}, "owner"),
        ({"area": "ovest"}, "area"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_opened_says_why(floor: Floor, more: dict[str, Any], field: str) -> None:
    body = {"party": str(floor.world.parties["own"].id), "title": "x"}
    answer = api_of(floor.world, "agent").ask("POST", "/deals", body | more)
    assert answer.status_code == 422
    assert field in str(answer.json()["fields"])
    assert Deal.objects.count() == 0


def test_a_stage_is_moved_to_with_what_it_asks_for(floor: Floor) -> None:
    floor.demand("offer", "source")
    deal, api = floor.open(), api_of(floor.world, "agent")
    refused = api.ask("PATCH", f"/deals/{deal.id}", {"stage": "offer"}, If_Match='"1"')
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["source"])
    moved = api.ask(
        "PATCH", f"/deals/{deal.id}", {"stage": "offer", "source": "Fiera", "title": "Altro"}, If_Match='"1"'
    )
    assert (moved.status_code, moved.json()["stage"], moved.json()["title"]) == (200, "offer", "Altro")
    PipelineStage.objects.filter(pk=floor.stages["offer"].pk).update(next_codes=["first"])
    wrong = api.ask("PATCH", f"/deals/{deal.id}", {"stage": "talks"}, If_Match=moved["ETag"])
    assert (wrong.status_code, wrong.json()["code"]) == (409, "deal-transition")


def test_who_read_an_older_version_is_told(floor: Floor) -> None:
    deal, api = floor.open(), api_of(floor.world, "agent")
    first = api.ask("PATCH", f"/deals/{deal.id}", {"title": "Uno"}, If_Match='"1"')
    second = api.ask("PATCH", f"/deals/{deal.id}", {"title": "Due"}, If_Match='"1"')
    assert (first.status_code, second.status_code) == (200, 412)
    assert floor.again(deal).title == "Uno"


def test_it_is_won_lost_and_opened_again(floor: Floor) -> None:
    deal, api = floor.open(), api_of(floor.world, "agent")
    assert api.ask("POST", f"/deals/{deal.id}/lose", {"reason": "Boh"}).status_code == 422
    lost = api.ask("POST", f"/deals/{deal.id}/lose", {"reason": "Prezzo", "note": "Caro"}).json()
    assert (lost["state"], lost["loss_note"]) == ("lost", "Caro")
    assert api.ask("POST", f"/deals/{deal.id}/reopen", {}).json()["state"] == "open"
    assert api.ask("POST", f"/deals/{deal.id}/win", {}).json()["state"] == "won"
    assert api.ask("DELETE", f"/deals/{deal.id}").status_code == 204
    assert api.ask("GET", f"/deals/{deal.id}").status_code == 404


def test_it_is_found_by_filters_in_an_order(floor: Floor) -> None:
    small, big = floor.open("Piccola", amount=10), floor.open("Grande", amount=900)
    api = api_of(floor.world, "agent")
    found = [item["id"] for item in api.ask("GET", "/deals?sort=-amount").json()["items"]]
    assert found == [str(big.id), str(small.id)]
    tree = quote('{"field": "amount", "op": "more", "value": "100"}')
    assert [item["title"] for item in api.ask("GET", f"/deals?filter={tree}").json()["items"]] == ["Grande"]
    assert api.ask("GET", "/deals?colour=red").status_code == 400
    pipelines = api.ask("GET", "/pipelines").json()["items"]
    assert [stage["code"] for stage in pipelines[0]["stages"]] == ["first", "offer", "talks", "won", "lost"]
    assert api_of(floor.world, "stranger").ask("GET", f"/deals/{big.id}").status_code == 404
