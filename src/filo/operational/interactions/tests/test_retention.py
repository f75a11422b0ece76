"""Rules of retention let go of what they name and of nothing else; who is held keeps everything."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.foundation.events.models import OutboxEvent
from filo.foundation.ids import uuid7
from filo.foundation.keeping import kinds
from filo.foundation.privacy.models import RetentionRule, RetentionRun
from filo.foundation.privacy.queries import kept_until, preview
from filo.foundation.privacy.services.applying import apply_rules
from filo.foundation.privacy.services.holds import lift_hold, place_hold
from filo.foundation.privacy.services.rules import add_rule, change_rule, switch_rule
from filo.operational.interactions.models import Interaction
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.models import Party, Relationship, TimelineEntry
from filo.testing.world import World

NIGHT = system("night")


def told(world: World, party: str, channel: str, *, days: int) -> Interaction:
    with clock.at(clock.now() - timedelta(days=days)):
        return log_interaction(
            world.principal("admin"), world.parties[party], channel=channel, body=f"{channel} {days} days ago"
        )


def rule(world: World, days: int, source: str = "", purpose: str = "") -> RetentionRule:
    return add_rule(world.principal("admin"), kind="interactions", source=source, purpose=purpose, days=days)


def night(**how: object) -> int:
    return apply_rules(NIGHT, job=uuid7(), **how)["rows"]  # type: ignore[arg-type]


def left() -> set[object]:
    return set(Interaction.objects.values_list("pk", flat=True))


def lines_of(found: Interaction) -> int:
    return TimelineEntry.objects.filter(reference_kind="interaction", reference_id=found.pk).count()


def test_a_rule_lets_go_of_what_it_names_with_its_story_and_of_nothing_else(world: World) -> None:
    before = left()
    old_call, young_call = told(world, "own", "call", days=400), told(world, "own", "call", days=300)
    old_note, contacts_call = told(world, "own", "note", days=400), told(world, "contact", "call", days=401)
    assert lines_of(contacts_call) == 2  # on the card of the person, and of the firm
    made = rule(world, 365, source="call")
    shown = preview(world.principal("admin"), made)
    assert (shown.number, shown.held, shown.oldest) == (2, 0, contacts_call.at)
    assert len(shown.examples) == 2
    assert night() == shown.number
    assert left() == before | {young_call.pk, old_note.pk}
    assert (lines_of(old_call), lines_of(contacts_call)) == (0, 0)
    assert (lines_of(young_call), lines_of(old_note)) == (1, 1)
    run = RetentionRun.objects.get()
    assert (run.purged, run.held, run.oldest_left) == (2, 0, young_call.at)
    assert AuditEntry.objects.get(action="retention.apply").changes["purged"] == [None, 2]
    assert OutboxEvent.objects.get(type="retention.applied").data["purged"] == 2
    assert night() == 0


def test_the_narrower_rule_decides_and_a_resting_one_decides_nothing(world: World) -> None:
    call, letter = told(world, "own", "call", days=100), told(world, "own", "letter", days=100)
    rule(world, 30)
    letters = rule(world, 3650, source="letter")
    night()
    assert call.pk not in left()
    assert letter.pk in left()
    switch_rule(world.principal("admin"), letters, active=False)
    night()
    assert letter.pk not in left()


def test_a_purpose_is_about_who_is_a_customer(world: World) -> None:
    with_customer, with_prospect = told(world, "own", "call", days=100), told(world, "southern", "call", days=100)
    with_nobody = told(world, "contact", "call", days=100)
    Relationship.objects.filter(party=world.parties["own"]).update(stage="customer")
    rule(world, 30, purpose="prospecting")
    assert night() == 2
    assert with_customer.pk in left()
    assert not {with_prospect.pk, with_nobody.pk} & left()


def test_who_is_held_keeps_everything_that_is_about_him(world: World) -> None:
    admin = world.principal("admin")
    held = [
        told(world, "own", "call", days=100),
        told(world, "contact", "call", days=100),  # it stands on the held firm's card too
    ]
    with clock.at(clock.now() - timedelta(days=100)):
        held.append(
            log_interaction(admin, world.parties["teammates"], channel="meeting", people=[world.parties["own"]])
        )
    free = told(world, "southern", "call", days=100)
    made = rule(world, 30)
    hold = place_hold(admin, "party", world.parties["own"].id, reason="Lawsuit 12/2026")
    shown = preview(admin, made)
    assert (shown.number, shown.held) == (1, 3)
    assert night() == 1
    assert free.pk not in left()
    assert {found.pk for found in held} <= left()
    assert RetentionRun.objects.get().held == 3
    lift_hold(admin, hold)
    assert night() == 3


def test_a_hold_ends_with_its_last_day(world: World) -> None:
    admin = world.principal("admin")
    told(world, "own", "call", days=100)
    rule(world, 30)
    place_hold(admin, "party", world.parties["own"].id, reason="Audit", until=clock.today())
    assert night() == 0
    with clock.at(clock.now() + timedelta(days=1)):
        assert night() >= 1


def test_batches_go_on_where_they_were_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for days in range(40, 47):
        told(world, "own", "note", days=days)
    rule(world, 30, source="note")
    object.__setattr__(kinds()["interactions"], "at_once", 3)
    try:
        job, heard, looks = uuid7(), list[int](), iter([False, False, False, True, True, True])
        apply_rules(NIGHT, job=job, is_over=lambda: next(looks), told=heard.append)
        assert heard[0] == 3
        run = RetentionRun.objects.get()
        assert run.stopped
        assert 0 < run.purged < 7
        heard.clear()
        assert run.purged + night(told=heard.append) == 7
        assert all(number <= 7 for number in heard)
    finally:
        object.__setattr__(kinds()["interactions"], "at_once", 500)


def test_a_job_that_is_begun_again_writes_on_in_its_report(world: World) -> None:
    told(world, "own", "note", days=40)
    rule(world, 30, source="note")
    job = uuid7()
    apply_rules(NIGHT, job=job)
    RetentionRun.objects.update(finished_at=None)  # it broke before the report was closed
    told(world, "own", "note", days=41)
    apply_rules(NIGHT, job=job)
    assert RetentionRun.objects.get().purged == 2


def test_what_is_kept_says_until_when(world: World) -> None:
    admin = world.principal("admin")
    call = told(world, "own", "call", days=10)
    assert kept_until("interactions", call.pk) is None
    rule(world, 365)
    rule(world, 730, source="call")
    assert kept_until("interactions", call.pk) == call.at + timedelta(days=730)
    place_hold(admin, "party", world.parties["own"].id, reason="Lawsuit")
    assert kept_until("interactions", call.pk) is None


def test_rules_are_made_by_who_may_and_make_sense(world: World) -> None:
    admin = world.principal("admin")
    for person in ("boss", "manager", "agent"):
        with pytest.raises(Forbidden):
            add_rule(world.principal(person), kind="interactions", days=365)
        with pytest.raises(Forbidden):
            place_hold(world.principal(person), "party", world.parties["own"].id, reason="Because")
    made = rule(world, 365)
    for wrong in ({"kind": "ghosts"}, {"source": "pigeon"}, {"purpose": "fun"}, {"days": 0}, {}):
        with pytest.raises(InvalidFields):
            add_rule(admin, **{"kind": "interactions", "days": 365} | wrong)  # type: ignore[arg-type]
    with pytest.raises(InvalidFields):
        add_rule(admin, kind="jobs", days=31)  # they go after thirty days anyway
    assert change_rule(admin, made, days=400, version=1).version == 2
    with pytest.raises(Stale):
        change_rule(admin, made, days=500, version=1)


def test_every_kind_can_be_previewed_and_applied(world: World) -> None:
    admin = world.principal("admin")
    place_hold(admin, "party", world.parties["own"].id, reason="Lawsuit")
    for kind in kinds().values():
        for source in ("", *[part.code for part in kind.sources()]):
            for purpose in ("", *[part.code for part in kind.purposes()]):
                made = add_rule(admin, kind=kind.code, source=source, purpose=purpose, days=kind.house_days or 30)
                assert preview(admin, made).number == 0
    assert night() == 0
    assert Party.objects.count() == len(world.parties)


def test_the_oldest_goes_first(world: World) -> None:
    moments: list[datetime] = [told(world, "own", "note", days=days).at for days in (50, 60, 40)]
    made = rule(world, 30, source="note")
    assert preview(world.principal("admin"), made).oldest == min(moments)
