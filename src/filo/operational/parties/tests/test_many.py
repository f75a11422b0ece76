"""Many customers are changed at once, by a job, and taken back: then everything is as it was before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.audit.models import AuditEntry
from filo.foundation.events.models import OutboxEvent
from filo.foundation.fields.models import CustomField, FieldValue
from filo.foundation.fields.services.making import make_field
from filo.foundation.jobs.models import Job, JobState
from filo.operational.parties.models import BulkState, Party, Reach, Relationship, StageChange, TimelineEntry
from filo.operational.parties.queries.listing import PartyListing
from filo.operational.parties.queries.lists import ListQuery
from filo.operational.parties.queries.searching import search_parties
from filo.operational.parties.services.editing import edit_party
from filo.operational.parties.services.many.acts import Act
from filo.operational.parties.services.many.taking_back import take_back
from filo.operational.parties.tests.many import done, dump, firms, work
from filo.testing.world import World

Kind = Callable[[World], Act]
ACTS: dict[str, Kind] = {
    "assign": lambda world: Act(
        "assign", {"owner_id": str(world.people["stranger"].id), "area_id": str(world.areas["sud"].id)}
    ),
    "nobody": lambda world: Act("assign", {"owner_id": None, "area_id": None}),
    "member": lambda world: Act("member-add", {"user": str(world.people["operator"].id)}),
    "member gone": lambda world: Act("member-remove", {"user": str(world.people["teammate"].id)}),
    "stage": lambda world: Act("stage", {"stage": "customer"}, "Ordini dalla fiera"),
    "sector": lambda world: Act("fact", {"sector": "meccanica"}),
    "own field": lambda world: Act("fact", {budget(world).name: "1250.5"}),
    "own field emptied": lambda world: Act("fact", {budget(world).name: None}),
    "bin": lambda world: Act("bin"),
}


def budget(world: World) -> CustomField:
    """A field of the firm's own that three customers have filled in, and that prospects have to."""
    admin = world.principal("admin")
    wanted = {"label_it": "Budget", "kind": "money", "required": {"stages": ["prospect"]}}
    field = make_field(admin, "party", wanted)
    for name in ("own", "shared", "southern", "joined"):
        edit_party(admin, Party.objects.get(pk=world.parties[name].pk), {field.name: "300.00"}, version=None)
    return field


def test_500_customers_are_given_to_somebody_and_taken_back(world: World) -> None:
    admin, parties = world.principal("admin"), firms(world, 500)
    before = dump()
    edit = done(admin, parties, ACTS["assign"](world))
    assert (edit.state, edit.changed, edit.left, edit.position) == ("done", 500, {}, 500)
    stranger = world.people["stranger"].id
    rows = Relationship.objects.filter(party__in=parties)
    assert rows.filter(owner=stranger, area=world.areas["sud"], unit=world.units["sud"], version=2).count() == 500
    assert PartyListing(world.principal("stranger"), ListQuery(text="Filatura")).count.number == 500
    assert PartyListing(world.principal("agent"), ListQuery(text="Filatura")).count.number == 0
    assert TimelineEntry.objects.filter(kind="relationship.owner", party__in=parties).count() == 500
    assert OutboxEvent.objects.filter(type="relationship.assigned", operation_id=edit.id).count() == 500
    assert AuditEntry.objects.filter(operation=edit.id, action="relationship.assign").count() == 500
    job = Job.objects.get(name="parties.change_many")
    assert (job.state, job.done, job.total) == ("done", 500, 500)
    take_back(admin, edit)
    assert work() == JobState.DONE
    edit.refresh_from_db()
    assert (edit.state, edit.back_done, edit.back_left) == ("undone", 500, 0)
    assert dump() == before
    assert rows.filter(version=3).count() == 500


@pytest.mark.parametrize("name", ACTS)
def test_whatever_is_done_to_many_is_taken_back_whole(world: World, name: str) -> None:
    admin, parties = world.principal("admin"), firms(world, 12)
    act = ACTS[name](world)
    before = dump()
    edit = done(admin, [*parties, *world.parties.values()], act)
    assert edit.changed >= 3
    assert dump() != before
    take_back(admin, edit)
    work()
    assert dump() == before


def test_a_stage_is_told_and_counted_until_it_is_taken_back(world: World) -> None:
    admin, parties = world.principal("admin"), firms(world, 6)
    edit = done(admin, parties, ACTS["stage"](world))
    rows = Relationship.objects.filter(party__in=parties)
    assert rows.filter(stage="customer", customer_since__isnull=False).count() == 6
    assert Reach.objects.filter(party__in=parties).exclude(stage="customer").count() == 0
    steps = StageChange.objects.filter(relationship__in=rows, to_stage="customer")
    assert set(steps.values_list("reason", "actor")) == {("Ordini dalla fiera", admin.user_id)}
    take_back(admin, edit)
    work()
    assert not steps.exists()
    assert OutboxEvent.objects.filter(type="relationship.stage-moved", subject=parties[0].id).count() == 2


def test_who_is_in_the_bin_is_found_by_nobody_until_it_is_taken_back(world: World) -> None:
    admin, parties = world.principal("admin"), firms(world, 3)
    edit = done(admin, parties, Act("bin"))
    assert search_parties(admin, "Filatura") == []
    take_back(admin, edit)
    work()
    assert len(search_parties(admin, "Filatura")) == 3


def test_what_was_changed_again_since_is_left_and_told(world: World) -> None:
    admin, parties = world.principal("admin"), firms(world, 5)
    edit = done(admin, parties, ACTS["sector"](world))
    Party.objects.filter(pk=parties[0].pk).update(sector="chimica")
    take_back(admin, edit)
    work()
    edit.refresh_from_db()
    assert (edit.state, edit.back_done, edit.back_left) == (BulkState.UNDONE, 4, 1)
    rows = Party.objects.filter(display_name__startswith="Filatura").order_by("sort_name")
    assert list(rows.values_list("sector", flat=True)) == ["chimica", "moda", "", "tessile", "moda"]


def test_a_field_of_ones_own_is_set_for_many_where_lists_find_it_and_stays_where_a_stage_requires_it(
    world: World,
) -> None:
    admin, parties = world.principal("admin"), firms(world, 5)
    field = budget(world)
    edit = done(admin, parties, Act("fact", {field.name: "1250.5"}))
    assert (edit.changed, edit.left) == (5, {})
    assert {Party.objects.get(pk=party.pk).fields[field.code] for party in parties} == {"1250.50"}
    assert FieldValue.objects.filter(field=field, number="1250.5").count() == 5
    Relationship.objects.filter(party__in=parties).update(stage="lead")
    Relationship.objects.filter(party=parties[0]).update(stage="prospect")
    emptied = done(admin, parties, Act("fact", {field.name: None}))
    assert (emptied.changed, emptied.left) == (4, {"required": 1})
    assert FieldValue.objects.filter(field=field, object_id__in=[party.pk for party in parties]).count() == 1
