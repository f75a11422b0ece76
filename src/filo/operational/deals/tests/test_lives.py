"""A deal is opened, moved, won, lost, opened again, thrown away and brought back; each act once, with its trace."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from filo.foundation import clock
from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, Stale
from filo.foundation.events.models import OutboxEvent
from filo.operational.deals.models import Deal, DealStageChange, PipelineStage
from filo.operational.deals.services import (
    change_deal,
    delete_deal,
    do_next_step,
    hand_over_deal,
    lose_deal,
    move_deal,
    note_on_deal,
    open_deal,
    reopen_deal,
    restore_deal,
    set_next_step,
    win_deal,
)
from filo.operational.deals.tests.floor import Floor
from filo.operational.parties.models import Relationship, TimelineEntry
from filo.operational.parties.services.arrivals import RelationshipSpec, create_party
from filo.testing.world import BUILDER

pytestmark = pytest.mark.django_db


def told(deal: Deal) -> list[str]:
    rows = TimelineEntry.objects.filter(reference_id=deal.id, party=deal.party_id).order_by("at", "id")
    return list(rows.values_list("kind", flat=True))


def test_it_begins_in_the_first_stage_with_what_the_relationship_says(floor: Floor) -> None:
    deal = floor.open(stage="first")
    assert (deal.stage.code, deal.state, deal.chance, deal.version) == ("first", "open", 10, 1)
    assert (deal.area.code, deal.company.code) == ("nord", "aurora-moda")  # type: ignore[union-attr]
    assert deal.unit_id == floor.world.people["agent"].unit_id
    assert told(deal) == ["deal.opened"]
    assert AuditEntry.objects.filter(kind="deal", object_id=deal.id, action="deal.open").count() == 1


def test_who_is_offered_something_is_a_prospect(floor: Floor) -> None:
    floor.open(party="own")
    assert Relationship.objects.get(party=floor.world.parties["own"]).stage == "prospect"


def test_a_customer_who_is_a_person_is_the_contact_himself(floor: Floor) -> None:
    floor.demand("offer", "contact")
    spec = RelationshipSpec(company=floor.world.companies["moda"], owner_id=floor.world.people["agent"].id)
    data = {"kind": "person", "given_name": "Mario", "family_name": "Rossi"}
    floor.world.parties["mario"] = create_party(BUILDER, data, relationships=[spec])
    deal = floor.open(party="mario")
    assert move_deal(floor.principal(), deal, PipelineStage.objects.get(code="offer")).stage.code == "offer"
    with pytest.raises(InvalidFields):
        move_deal(floor.principal(), floor.open(party="shared"), PipelineStage.objects.get(code="offer"))


def test_without_a_title_it_is_called_as_pipeline_and_customer_are(floor: Floor) -> None:
    deal = open_deal(floor.principal(), party=floor.world.parties["own"], pipeline=floor.pipeline)
    assert deal.title == "Negozi: Lanificio Bassi S.r.l."


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"amount": Decimal(-1)}, "amount"),
        ({"amount": "molti"}, "amount"),
        ({"amount": Decimal("1e13")}, "amount"),
        ({"amount": Decimal("NaN")}, "amount"),
        ({"currency": "XXX"}, "currency"),
        ({"probability": 101}, "probability"),
        ({"close_date": date(1800, 1, 1)}, "close_date"),
        ({"referral_code": "NESSUNO"}, "referral_code"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(floor: Floor, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        floor.open(**facts)
    assert list(refused.value.fields) == [field]
    assert Deal.objects.count() == 0


def test_a_move_keeps_the_step_and_how_long_it_took(floor: Floor) -> None:
    deal = floor.open()
    with clock.at(clock.now() + timedelta(days=3)):
        moved = move_deal(floor.principal(), deal, floor.stages["offer"])
    assert (moved.stage.code, moved.chance, moved.version) == ("offer", 50, 2)
    step = DealStageChange.objects.filter(deal=deal).exclude(from_stage=None).get()
    assert (step.from_stage_id, step.to_stage_id) == (floor.stages["first"].pk, floor.stages["offer"].pk)
    assert abs(step.seconds - 3 * 86_400) < 60
    assert told(deal) == ["deal.opened", "deal.moved"]


def test_moving_it_where_it_is_changes_nothing(floor: Floor) -> None:
    deal = floor.open()
    assert move_deal(floor.principal(), deal, floor.stages["first"]).version == 1
    assert OutboxEvent.objects.filter(type="deal.moved").count() == 0


def test_a_stage_asks_for_what_it_requires_by_name(floor: Floor) -> None:
    floor.demand("offer", "close_date", "source", "amount")
    deal = floor.open()
    with pytest.raises(InvalidFields) as refused:
        move_deal(floor.principal(), deal, PipelineStage.objects.get(pk=floor.stages["offer"].pk))
    assert sorted(refused.value.fields) == ["close_date", "source"]
    assert floor.again(deal).stage.code == "first"
    asked = {"close_date": clock.today(), "source": "Fiera"}
    moved = move_deal(floor.principal(), deal, PipelineStage.objects.get(pk=floor.stages["offer"].pk), facts=asked)
    assert (moved.stage.code, moved.source) == ("offer", "Fiera")


def test_what_a_stage_requires_is_not_taken_away(floor: Floor) -> None:
    deal = floor.open(source="Fiera")
    floor.demand("first", "source")
    with pytest.raises(InvalidFields) as refused:
        change_deal(floor.principal(), floor.again(deal), source="")
    assert list(refused.value.fields) == ["source"]
    assert change_deal(floor.principal(), floor.again(deal), source="Passaparola").source == "Passaparola"


def test_only_allowed_transitions_are_gone(floor: Floor) -> None:
    PipelineStage.objects.filter(pk=floor.stages["first"].pk).update(next_codes=["offer"])
    deal = floor.open()
    with pytest.raises(DomainError) as refused:
        move_deal(floor.principal(), deal, floor.stages["talks"])
    assert refused.value.code == "deal-transition"
    with pytest.raises(DomainError):
        win_deal(floor.principal(), deal)
    assert lose_deal(floor.principal(), deal, reason=floor.reason).state == "lost"


def test_it_is_won_once(floor: Floor) -> None:
    deal = floor.open(amount=Decimal("1250.50"))
    won = win_deal(floor.principal(), deal)
    assert (won.state, won.chance, won.closed_on) == ("won", 100, clock.today())
    assert win_deal(floor.principal(), won).version == won.version
    event = OutboxEvent.objects.get(type="deal.won")
    assert (event.data["amount"], event.data["currency"]) == ("1250.50", "EUR")
    with pytest.raises(DomainError):
        move_deal(floor.principal(), won, floor.stages["offer"])


def test_it_is_not_lost_without_a_reason(floor: Floor) -> None:
    deal = floor.open()
    with pytest.raises(InvalidFields) as refused:
        lose_deal(floor.principal(), deal, reason=None)
    assert list(refused.value.fields) == ["reason"]
    lost = lose_deal(floor.principal(), deal, reason=floor.reason, note="Troppo caro")
    assert (lost.state, lost.chance, lost.loss_note) == ("lost", 0, "Troppo caro")
    assert told(deal)[-1] == "deal.lost"


def test_what_is_opened_again_goes_on_where_it_was(floor: Floor) -> None:
    deal = move_deal(floor.principal(), floor.open(), floor.stages["talks"])
    lost = lose_deal(floor.principal(), deal, reason=floor.reason)
    opened = reopen_deal(floor.principal(), lost)
    assert (opened.stage.code, opened.state, opened.closed_at, opened.loss_reason_id) == ("talks", "open", None, None)
    assert reopen_deal(floor.principal(), opened).version == opened.version


def test_an_own_estimate_counts_while_it_is_open(floor: Floor) -> None:
    deal = change_deal(floor.principal(), floor.open(), probability=35)
    assert (deal.chance, deal.weighted) == (35, Decimal(350))
    assert win_deal(floor.principal(), deal).chance == 100


def test_the_next_step_is_said_and_done(floor: Floor) -> None:
    deal = floor.open()
    assert deal.lacks_step
    with pytest.raises(InvalidFields) as refused:
        set_next_step(floor.principal(), deal, step=" ", on=None)
    assert sorted(refused.value.fields) == ["next_on", "next_step"]
    said = set_next_step(floor.principal(), deal, step="Chiamare Anna", on=clock.today() + timedelta(days=2))
    assert not said.lacks_step
    done = do_next_step(floor.principal(), said)
    assert (done.next_step, done.next_on, done.lacks_step) == ("", None, True)
    entry = TimelineEntry.objects.get(kind="deal.step-done", party=deal.party_id)
    assert entry.excerpt == "Chiamare Anna"


def test_it_stands_still_after_the_days_of_its_stage_until_something_happens(floor: Floor) -> None:
    PipelineStage.objects.filter(pk=floor.stages["first"].pk).update(stale_after=7)
    floor.stages["first"].refresh_from_db()
    deal = floor.open()
    with clock.at(clock.now() + timedelta(days=8)):
        assert deal.is_stale
        note_on_deal(floor.principal(), deal, "Sentito")
        assert not floor.again(deal).is_stale


def test_who_gets_it_has_it_in_his_unit(floor: Floor) -> None:
    people = floor.world.people
    deal = hand_over_deal(floor.principal("manager"), floor.open(), owner_id=people["teammate"].id)
    assert (deal.owner_id, deal.unit_id) == (people["teammate"].id, people["teammate"].unit_id)
    with pytest.raises(Forbidden):
        hand_over_deal(floor.principal("agent"), deal, owner_id=people["agent"].id)


def test_it_is_thrown_away_and_brought_back_as_it_was(floor: Floor) -> None:
    deal = floor.open()
    delete_deal(floor.principal(), deal)
    assert not Deal.objects.visible_to(floor.principal()).filter(pk=deal.pk).exists()
    restore_deal(floor.principal(), deal)
    assert Deal.objects.visible_to(floor.principal()).filter(pk=deal.pk).exists()


def test_who_read_an_older_version_is_told(floor: Floor) -> None:
    deal = floor.open()
    change_deal(floor.principal(), deal, title="Uno", version=1)
    with pytest.raises(Stale):
        change_deal(floor.principal(), deal, title="Due", version=1)
    assert floor.again(deal).title == "Uno"
