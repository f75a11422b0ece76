"""What is set up about deals, at the API: pipelines, stages, reasons and rules, by who sets the firm up."""

from __future__ import annotations

from typing import Any

import pytest

from filo.operational.deals.models import AssignmentRule, LossReason, Pipeline, PipelineStage, ScoreRule
from filo.operational.deals.services.assigning import give_newcomer
from filo.operational.deals.tests.floor import Floor
from filo.operational.parties.models import Relationship
from filo.testing.api import api_of

pytestmark = pytest.mark.django_db


def test_a_pipeline_is_made_with_its_usual_stages_changed_and_archived(floor: Floor) -> None:
    admin = api_of(floor.world, "admin")
    body = {"name_it": "Fiere", "company": "aurora-moda", "product_line": "donna"}
    made = admin.send("/pipelines", body)
    assert made.status_code == 201, made.content
    found = made.json()
    assert (found["code"], found["company"], found["product_line"], found["archived"]) == (
        "fiere",
        "aurora-moda",
        "donna",
        False,
    )
    assert [stage["kind"] for stage in found["stages"]] == ["open", "open", "open", "won", "lost"]
    path = f"/pipelines/{found['id']}"
    assert admin.read(path)["ETag"] == made["ETag"]
    changed = admin.change(path, {"name_en": "Fairs", "archived": True}, If_Match=made["ETag"]).json()
    assert (changed["name_it"], changed["name_en"], changed["archived"], changed["version"]) == (
        "Fiere",
        "Fairs",
        True,
        2,
    )
    late = admin.change(path, {"name_en": "Shows"}, If_Match=made["ETag"])
    assert (late.status_code, late.json()["differing"]["name_en"]["theirs"]) == (412, "Fairs")
    assert admin.change(path, {"name_en": "Fairs"}, If_Match='"2"').json()["version"] == 2


def test_pipelines_stand_in_the_order_that_is_sent(floor: Floor) -> None:
    admin = api_of(floor.world, "admin")
    made = admin.send("/pipelines", {"name_it": "Fiere"}).json()
    answer = admin.send("/pipelines/order", {"ids": [made["id"], str(floor.pipeline.pk)]})
    assert [one["code"] for one in answer.json()["items"]] == ["fiere", "shops"]
    first = admin.read("/pipelines?limit=1").json()
    assert ([one["code"] for one in first["items"]], first["count"]) == (["fiere"], 2)
    second = admin.read(f"/pipelines?limit=1&cursor={first['next']}").json()
    assert ([one["code"] for one in second["items"]], second["next"]) == (["shops"], None)
    wrong = admin.send("/pipelines/order", {"ids": [str(floor.stages["first"].pk)]})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["ids.0"])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name_it"),
        ({"name_it": " "}, "name_it"),
        ({"name_it": "Shops"}, "name_it"),
        ({"name_it": "x" * 81}, "name_it"),
        ({"name_it": "Fiere", "company": "nowhere"}, "company"),
        ({"name_it": "Fiere", "company": "aurora-casa", "product_line": "donna"}, "product_line"),
        ({"name_it": "Fiere", "archived": "yes"}, "archived"),
        ({"name_it": "Fiere", "colour": "red"}, "colour"),
    ],
)
def test_a_pipeline_that_cannot_be_says_why(floor: Floor, body: dict[str, Any], field: str) -> None:
    answer = api_of(floor.world, "admin").send("/pipelines", body)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert Pipeline.objects.count() == 1


def test_a_stage_is_made_changed_put_in_order_and_taken_away(floor: Floor) -> None:
    admin, base = api_of(floor.world, "admin"), f"/pipelines/{floor.pipeline.pk}/stages"
    body = {"name_it": "Visita", "probability": 30, "stale_after": 5, "required": ["source"], "next": ["offer"]}
    made = admin.send(base, body)
    assert made.status_code == 201, made.content
    found = made.json()
    assert {name: found[name] for name in body} == body
    assert (found["code"], found["kind"]) == ("visita", "open")
    path = f"{base}/{found['id']}"
    changed = admin.change(path, {"probability": 35}, If_Match=made["ETag"])
    assert (changed.json()["probability"], changed.json()["stale_after"], changed.json()["version"]) == (35, 5, 2)
    assert admin.change(path, {"probability": 40}, If_Match=made["ETag"]).status_code == 412
    ids = [found["id"], str(floor.stages["talks"].pk)]
    codes = [one["code"] for one in admin.send(f"{base}/order", {"ids": ids}).json()["items"]]
    assert codes == ["visita", "talks", "first", "offer", "won", "lost"]
    assert admin.remove(path, If_Match=made["ETag"]).status_code == 412
    assert admin.remove(path, If_Match=changed["ETag"]).status_code == 204
    assert admin.read(path).status_code == 404
    assert len(admin.read(base).json()["items"]) == 5


def test_open_deals_follow_the_probability_of_their_stage(floor: Floor) -> None:
    deal, admin = floor.open(), api_of(floor.world, "admin")
    path = f"/pipelines/{floor.pipeline.pk}/stages/{floor.stages['first'].pk}"
    assert admin.change(path, {"probability": 25}).status_code == 200
    assert floor.again(deal).chance == 25


def test_a_stage_with_deals_is_not_taken_away_and_neither_is_an_end(floor: Floor) -> None:
    floor.open()
    admin, base = api_of(floor.world, "admin"), f"/pipelines/{floor.pipeline.pk}/stages"
    used = admin.remove(f"{base}/{floor.stages['first'].pk}")
    assert (used.status_code, used.json()["code"]) == (409, "deal-stage-used")
    end = admin.remove(f"{base}/{floor.stages['won'].pk}")
    assert (end.status_code, end.json()["code"]) == (409, "deal-stage")
    other = admin.send("/pipelines", {"name_it": "Fiere"}).json()
    assert admin.remove(f"/pipelines/{other['id']}/stages/{floor.stages['talks'].pk}").status_code == 404
    assert PipelineStage.objects.filter(pipeline=floor.pipeline).count() == 5


@pytest.mark.parametrize(
    ("stage", "body", "field"),
    [
        ("first", {"probability": 101}, "probability"),
        ("first", {"probability": -1}, "probability"),
        ("first", {"probability": "much"}, "probability"),
        ("first", {"stale_after": 1000}, "stale_after"),
        ("first", {"required": ["colour"]}, "required"),
        ("first", {"next": ["nowhere"]}, "next"),
        ("first", {"next": ["lost"]}, "next"),
        ("first", {"next": ["first"]}, "next"),
        ("first", {"name_it": ""}, "name_it"),
        ("first", {"kind": "won"}, "kind"),
        ("won", {"probability": 90}, "probability"),
        ("lost", {"next": ["first"]}, "next"),
    ],
)
def test_a_stage_that_cannot_be_says_why(floor: Floor, stage: str, body: dict[str, Any], field: str) -> None:
    path = f"/pipelines/{floor.pipeline.pk}/stages/{floor.stages[stage].pk}"
    answer = api_of(floor.world, "admin").change(path, body)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert PipelineStage.objects.get(pk=floor.stages[stage].pk).version == 1


def test_the_end_of_a_pipeline_takes_a_name_and_what_it_requires(floor: Floor) -> None:
    path = f"/pipelines/{floor.pipeline.pk}/stages/{floor.stages['won'].pk}"
    found = api_of(floor.world, "admin").change(path, {"name_it": "Firmato", "required": ["amount"]}).json()
    assert (found["name_it"], found["required"], found["probability"], found["kind"]) == (
        "Firmato",
        ["amount"],
        100,
        "won",
    )


def test_reasons_of_losses_are_kept_and_put_in_order(floor: Floor) -> None:
    admin = api_of(floor.world, "admin")
    made = admin.send("/loss-reasons", {"name_it": "Tempi", "name_en": "Delivery"})
    assert (made.status_code, made.json()["active"]) == (201, True)
    path = f"/loss-reasons/{made.json()['id']}"
    assert admin.change(path, {"active": False}, If_Match=made["ETag"]).json()["active"] is False
    assert admin.change(path, {"active": True}, If_Match=made["ETag"]).status_code == 412
    again = admin.send("/loss-reasons", {"name_it": "Prezzo"})
    assert (again.status_code, list(again.json()["fields"])) == (422, ["name_it"])
    ids = [made.json()["id"], str(floor.reason.pk)]
    assert [one["id"] for one in admin.send("/loss-reasons/order", {"ids": ids}).json()["items"]] == ids
    assert [one["id"] for one in api_of(floor.world, "agent").read("/loss-reasons").json()["items"]] == ids
    assert LossReason.objects.count() == 2


SCORE = {"name_it": "Telefonate", "way": "behaviour", "field": "interaction.call", "points": 8, "half_life": 14}


def test_a_rule_of_scoring_is_kept_with_its_decay_and_taken_away(floor: Floor) -> None:
    admin = api_of(floor.world, "admin")
    made = admin.send("/score-rules", SCORE | {"pipeline": "shops", "most": 24})
    assert made.status_code == 201, made.content
    found = made.json()
    assert (found["half_life"], found["most"], found["within_days"], found["pipeline"]) == (14, 24, 90, "shops")
    path = f"/score-rules/{found['id']}"
    changed = admin.change(path, {"points": 12, "pipeline": ""}, If_Match=made["ETag"])
    assert (changed.json()["points"], changed.json()["pipeline"], changed.json()["half_life"]) == (12, "", 14)
    other = admin.send(
        "/score-rules", {"name_it": "Grande", "field": "amount", "operator": "more", "value": "1000", "points": 10}
    ).json()
    ids = [other["id"], found["id"]]
    assert [one["id"] for one in admin.send("/score-rules/order", {"ids": ids}).json()["items"]] == ids
    assert admin.remove(path, If_Match=made["ETag"]).status_code == 412
    assert admin.remove(path).status_code == 204
    assert [str(rule.pk) for rule in ScoreRule.objects.all()] == [other["id"]]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"way": "fit"}, "field"),
        ({"field": "amount"}, "field"),
        ({"way": "guess"}, "way"),
        ({"operator": "like"}, "operator"),
        ({"way": "fit", "field": "amount", "operator": "more", "value": "tanto"}, "value"),
        ({"way": "fit", "field": "source", "operator": "more", "value": "10"}, "operator"),
        ({"points": 101}, "points"),
        ({"half_life": 0}, "half_life"),
        ({"within_days": 0}, "within_days"),
        ({"most": 101}, "most"),
        ({"pipeline": "nowhere"}, "pipeline"),
    ],
)
def test_a_rule_of_scoring_that_cannot_be_says_why(floor: Floor, more: dict[str, Any], field: str) -> None:
    admin = api_of(floor.world, "admin")
    answer = admin.send("/score-rules", SCORE | more)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    made = admin.send("/score-rules", SCORE).json()
    assert list(admin.change(f"/score-rules/{made['id']}", more).json()["fields"]) == [field]


def test_a_rule_of_assignment_gives_what_comes_in(floor: Floor) -> None:
    admin = api_of(floor.world, "admin")
    body = {
        "name": "Nord a turno",
        "area": "nord",
        "channel": "agents",
        "company": "aurora-moda",
        "product_line": "donna",
        "provinces": "MI 201",
        "language": "it",
        "gives": "both",
        "people": ["agent@aurora.example", str(floor.world.people["teammate"].id)],
    }
    made = admin.send("/assignment-rules", body)
    assert made.status_code == 201, made.content
    found = made.json()
    names = ("area", "channel", "company", "product_line", "provinces", "language", "gives")
    assert {name: found[name] for name in names} == {name: body[name] for name in names}
    assert [one["email"] for one in found["people"]] == ["agent@aurora.example", "teammate@aurora.example"]
    path = f"/assignment-rules/{found['id']}"
    changed = admin.change(path, {"way": "load", "min_score": 10}, If_Match=made["ETag"]).json()
    assert (changed["way"], changed["min_score"], len(changed["people"]), changed["version"]) == ("load", 10, 2, 2)
    fewer = admin.change(path, {"people": ["agent@aurora.example"]}).json()
    assert ([one["email"] for one in fewer["people"]], fewer["version"]) == (["agent@aurora.example"], 3)
    asked = {name: body[name] for name in ("area", "channel", "company", "product_line", "language")}
    would = admin.send("/assignment-rules/try", asked | {"province": "MI", "score": 10}).json()
    assert (would["rule"], would["person"]["email"]) == (found["id"], "agent@aurora.example")
    assert admin.send("/assignment-rules/try", {"area": "sud"}).json()["rule"] is None
    assert admin.remove(path).status_code == 204
    assert AssignmentRule.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "Nessuno"}, "people"),
        ({"name": "", "unit": "nord"}, "name"),
        ({"name": "x", "people": ["nobody@aurora.example"]}, "people.0"),
        ({"name": "x", "unit": "ovest"}, "unit"),
        ({"name": "x", "unit": "nord", "area": "ovest"}, "area"),
        ({"name": "x", "unit": "nord", "way": "dice"}, "way"),
        ({"name": "x", "unit": "nord", "language": "fr"}, "language"),
        ({"name": "x", "unit": "nord", "min_score": 101}, "min_score"),
    ],
)
def test_a_rule_of_assignment_that_cannot_be_says_why(floor: Floor, body: dict[str, Any], field: str) -> None:
    answer = api_of(floor.world, "admin").send("/assignment-rules", body)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert AssignmentRule.objects.count() == 0


def test_somebody_named_twice_stands_once_and_somebody_is_always_left(floor: Floor) -> None:
    admin, mail = api_of(floor.world, "admin"), "agent@aurora.example"
    made = admin.send("/assignment-rules", {"name": "Tutti", "people": [mail, mail]}).json()
    assert [one["email"] for one in made["people"]] == [mail]
    nobody = admin.change(f"/assignment-rules/{made['id']}", {"people": []})
    assert (nobody.status_code, list(nobody.json()["fields"])) == (422, ["people"])


def test_the_first_rule_that_fits_decides_and_what_it_decided_is_told(floor: Floor) -> None:
    admin = api_of(floor.world, "admin")
    mine = admin.send("/assignment-rules", {"name": "Agente", "people": ["agent@aurora.example"]}).json()
    last = admin.send("/assignment-rules", {"name": "Collega", "people": ["teammate@aurora.example"]}).json()
    order = admin.send("/assignment-rules/order", {"ids": [last["id"], mine["id"]]}).json()
    assert [one["name"] for one in order["items"]] == ["Collega", "Agente"]
    deal = floor.open(owner_id=None)
    told = admin.read("/assignment-decisions").json()["items"]
    assert [(one["rule_name"], one["deal"], one["person"]["email"]) for one in told] == [
        ("Collega", str(deal.id), "teammate@aurora.example")
    ]
    narrow = api_of(floor.world, "admin", scopes=["settings:read"]).read("/assignment-decisions").json()["items"]
    assert [(one["rule_name"], one["deal"], one["sought"]) for one in narrow] == [("Collega", None, None)]


def test_new_customers_whom_nobody_follows_go_where_a_rule_says(floor: Floor) -> None:
    admin = api_of(floor.world, "admin")
    rule = {"name": "Nuovi", "gives": "customers", "area": "nord", "people": ["teammate@aurora.example"]}
    assert admin.send("/assignment-rules", rule).status_code == 201
    newcomer = {
        "kind": "person",
        "family_name": "Nuova",
        "relationships": [{"company": "aurora-moda", "area": "nord", "stage": "lead"}],
    }
    made = admin.send("/parties", newcomer).json()
    assert give_newcomer(made["id"]) == 1
    assert Relationship.objects.get(party=made["id"]).owner_id == floor.world.people["teammate"].id


SETTINGS = (
    ("POST", "/pipelines"),
    ("POST", "/pipelines/order"),
    ("PATCH", "/pipelines/PIPELINE"),
    ("POST", "/pipelines/PIPELINE/stages"),
    ("POST", "/pipelines/PIPELINE/stages/order"),
    ("PATCH", "/pipelines/PIPELINE/stages/STAGE"),
    ("DELETE", "/pipelines/PIPELINE/stages/STAGE"),
    ("POST", "/loss-reasons"),
    ("POST", "/loss-reasons/order"),
    ("PATCH", "/loss-reasons/REASON"),
    ("POST", "/score-rules"),
    ("POST", "/assignment-rules"),
)
BODIES = {
    "/pipelines": {"name_it": "x"},
    "/loss-reasons": {"name_it": "x"},
    "/score-rules": SCORE,
    "/assignment-rules": {"name": "x", "unit": "nord"},
}


@pytest.mark.parametrize(("method", "path"), SETTINGS)
@pytest.mark.parametrize("who", ["agent", "manager", "operator"])
def test_who_does_not_set_the_firm_up_changes_nothing(floor: Floor, who: str, method: str, path: str) -> None:
    keys = {"PIPELINE": floor.pipeline.pk, "STAGE": floor.stages["talks"].pk, "REASON": floor.reason.pk}
    address = path
    for name, key in keys.items():
        address = address.replace(name, str(key))
    body = {"ids": []} if path.endswith("order") else BODIES.get(path, {"name_it": "x"})
    assert api_of(floor.world, who).ask(method, address, body).status_code == 403
    narrow = api_of(floor.world, "admin", scopes=["deal:read", "deal:write", "settings:read"])
    assert narrow.ask(method, address, body).json()["code"] == "scope-missing"


def test_rules_are_read_by_who_reads_settings(floor: Floor) -> None:
    for path in ("/score-rules", "/assignment-rules", "/assignment-decisions"):
        assert api_of(floor.world, "admin").read(path).status_code == 200
        assert api_of(floor.world, "agent").read(path).status_code == 403
    assert api_of(floor.world, "agent").send("/assignment-rules/try", {}).status_code == 403
    for path in ("/pipelines", "/loss-reasons", f"/pipelines/{floor.pipeline.pk}/stages"):
        assert api_of(floor.world, "agent").read(path).status_code == 200


def test_a_pipeline_sent_twice_with_one_key_is_made_once(floor: Floor) -> None:
    admin = api_of(floor.world, "admin")
    first, second = (admin.send("/pipelines", {"name_it": "Fiere"}, Idempotency_Key="one") for _time in range(2))
    assert (first.status_code, second.status_code, second.json()["id"]) == (201, 201, first.json()["id"])
