"""Pipelines and what else is set up: made, changed, put in order, taken away where nothing hangs on it."""

from __future__ import annotations

import pytest

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.errors import DomainError, Forbidden
from filo.operational.deals.models import AssignmentRule, LossReason, Pipeline, PipelineStage, ScoreRule
from filo.operational.deals.queries.finding import stages_of
from filo.operational.deals.services.moving import move_deal
from filo.operational.deals.services.removal import remove_stage
from filo.operational.deals.services.settings import save_pipeline
from filo.operational.deals.tests.floor import Floor
from filo.testing.clients import client_of

pytestmark = pytest.mark.django_db


def test_a_new_pipeline_has_its_usual_stages(floor: Floor) -> None:
    assert (
        client_of(floor.world, "admin").post("/settings/deals/pipelines/new", {"name_it": "Fiere"}).status_code == 302
    )
    made = Pipeline.objects.get(code="fiere")
    assert [stage.kind for stage in stages_of(made)] == ["open", "open", "open", "won", "lost"]
    again = client_of(floor.world, "admin").post("/settings/deals/pipelines/new", {"name_it": "Fiere"})
    assert again.status_code == 422
    with pytest.raises(Forbidden):
        save_pipeline(floor.principal("agent"), None, {"name_it": "Mia"})


def test_a_stage_is_made_changed_and_put_in_order(floor: Floor) -> None:
    client, base = client_of(floor.world, "admin"), f"/settings/deals/pipelines/{floor.pipeline.pk}"
    typed = {
        "name_it": "Visita",
        "probability": "30",
        "stale_after": "5",
        "required": ["source"],
        "next_codes": ["offer"],
    }
    assert client.post(f"{base}/stages/new", typed).status_code == 302
    made = PipelineStage.objects.get(name_it="Visita")
    assert (made.code, made.required, made.next_codes) == ("visita", ["source"], ["offer"])
    assert client.get(f"{base}/stages/{made.pk}").status_code == 200
    assert client.post(f"{base}/stages/{made.pk}", typed | {"probability": "101"}).status_code == 422
    assert client.post(f"{base}/order", {"up": made.pk}).status_code == 302
    codes = [stage.code for stage in stages_of(Pipeline.objects.get(pk=floor.pipeline.pk)) if stage.is_open]
    assert codes == ["first", "offer", "visita", "talks"]
    keys = [str(floor.stages["talks"].pk), str(made.pk)]
    assert client.post(f"{base}/order", {"key": keys}).status_code == 302
    codes = [stage.code for stage in stages_of(Pipeline.objects.get(pk=floor.pipeline.pk)) if stage.is_open]
    assert codes == ["talks", "visita", "first", "offer"]


def test_a_stage_with_deals_stays_and_so_do_the_ends(floor: Floor) -> None:
    floor.open(stage="first")
    for code in ("first", "won", "lost"):
        with pytest.raises(DomainError):
            remove_stage(floor.principal("admin"), PipelineStage.objects.get(pk=floor.stages[code].pk))
    remove_stage(floor.principal("admin"), PipelineStage.objects.get(pk=floor.stages["talks"].pk))
    assert not PipelineStage.objects.filter(code="talks").exists()


def test_steps_of_deals_outlive_their_stage_which_may_be_made_again(floor: Floor) -> None:
    admin, deal = floor.principal("admin"), floor.open(stage="talks")
    with one_operation() as moved:
        move_deal(admin, deal, floor.stages["offer"])
    remove_stage(admin, PipelineStage.objects.get(pk=floor.stages["talks"].pk))
    steps = floor.again(deal).stage_changes.select_related("from_stage", "to_stage")
    assert [(step.from_stage and step.from_stage.name_it, step.to_stage.name_it) for step in steps] == [
        (None, "Talks"),
        ("Talks", "Offer"),
    ]
    undone = undo_operation(admin, moved.id)
    assert undone.taken == 0
    assert "non esiste più" in undone.sentence
    assert floor.again(deal).stage.code == "offer"
    client = client_of(floor.world, "admin")
    board = client.get(f"/deals/board?pipeline={floor.pipeline.code}").content.decode()
    assert "Offer" in board
    assert "Talks" not in board
    typed = {"name_it": "Talks", "name_en": "Talks", "probability": "30", "stale_after": "0"}
    assert client.post(f"/settings/deals/pipelines/{floor.pipeline.pk}/stages/new", typed).status_code == 302
    assert PipelineStage.objects.get(code="talks").pk != floor.stages["talks"].pk


def test_the_settings_keep_reasons_and_rules(floor: Floor) -> None:
    client = client_of(floor.world, "admin")
    assert client.post("/settings/deals/reasons/new", {"name_it": "Tempi", "active": "on"}).status_code == 302
    points = {"name_it": "Grande", "way": "fit", "field": "amount", "operator": "more", "value": "1000", "points": "10"}
    whole = points | {"within_days": "90", "half_life": "30", "most": "30", "active": "on"}
    assert client.post("/settings/deals/scores/new", whole).status_code == 302
    assert client.post("/settings/deals/scores/new", whole | {"way": "behaviour"}).status_code == 422
    assert client.post("/settings/deals/scores/new", whole | {"value": "tanto"}).status_code == 422
    floor.world.people["admin"].language = "it"
    floor.world.people["admin"].save(update_fields=["language"])
    client.post("/settings/deals/scores/new", whole | {"value": "10.000", "name_it": "Grandissima"})
    assert ScoreRule.objects.get(name_it="Grandissima").value == "10000"
    person = floor.world.people["agent"].pk
    given = {"name": "Tutti", "way": "turns", "people": [person], "active": "on"}
    assert client.post("/settings/deals/assignments/new", given).status_code == 302
    assert client.post("/settings/deals/assignments/new", {"name": "Nessuno", "way": "turns"}).status_code == 422
    page = client.get("/settings/deals").content.decode()
    for words in ("Negozi", "Tempi", "Grande", "Tutti"):
        assert words in page
    assert (LossReason.objects.count(), ScoreRule.objects.count(), AssignmentRule.objects.count()) == (2, 2, 1)
    rule = AssignmentRule.objects.get()
    assert client.post(f"/settings/deals/assignments/{rule.pk}/remove").status_code == 302
    assert client_of(floor.world, "agent").get("/settings/deals").status_code == 403
