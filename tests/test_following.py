"""What is open with a customer goes along when he is given to somebody else, and comes back with him."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.events.services import relay_all
from filo.foundation.notices.models import Notice
from filo.operational.activities.models import Task
from filo.operational.activities.services import add_task, do_task
from filo.operational.deals.models import Deal
from filo.operational.deals.services.deciding import win_deal
from filo.operational.deals.tests.floor import floor_of
from filo.operational.parties.models import Relationship
from filo.operational.parties.services.arrivals import RelationshipSpec
from filo.operational.parties.services.many.acts import Act
from filo.operational.parties.services.many.taking_back import take_back
from filo.operational.parties.services.relationships import assign_relationship, open_relationship
from filo.operational.parties.tests.many import done
from filo.operational.parties.tests.many import work as run_jobs
from filo.operational.quotes.models import Quote
from filo.operational.quotes.services.drafting import draft_quote
from filo.testing.clients import CheckedClient
from filo.testing.world import World

ClientOf = Callable[..., CheckedClient]


def give(world: World, key: str, to: str, *, by: str = "manager", with_work: bool = True) -> Relationship:
    row = Relationship.objects.select_related("area", "channel").get(party=world.parties[key])
    person = world.people[to]
    given = assign_relationship(
        world.principal(by),
        row,
        version=None,
        owner_id=person.id,
        area=world.areas[person.unit.code],
        channel=row.channel,
        unit=None,
        with_work=with_work,
    )
    relay_all()
    return given


@pytest.fixture
def work(world: World) -> World:
    """The agent has an open deal, a draft and a task with a customer of his own, and things that are over."""
    floor = floor_of(world)
    agent, party = world.principal("agent"), world.parties["own"]
    floor.open("Autumn")
    floor.open("Hers", who="manager")
    win_deal(agent, floor.open("Spring"))
    draft_quote(agent, party=party)
    add_task(agent, title="Call again", party=party, due_on=date(2030, 1, 7))
    do_task(agent, add_task(agent, title="Called", party=party, due_on=date(2030, 1, 7)))
    add_task(agent, title="Fuel", due_on=date(2030, 1, 7))
    relay_all()
    return world


def who_has(title: str) -> str:
    found = Deal.objects.filter(title=title).values_list("owner__given_name", flat=True)
    return str((found or Task.objects.filter(title=title).values_list("assignee__given_name", flat=True))[0])


def test_what_is_open_goes_along_and_what_is_over_stays(work: World) -> None:
    give(work, "own", "stranger", by="admin")
    assert {title: who_has(title) for title in ("Autumn", "Spring", "Call again", "Called", "Fuel")} == {
        "Autumn": "Stranger",
        "Spring": "Agent",
        "Call again": "Stranger",
        "Called": "Agent",
        "Fuel": "Agent",
    }
    deal = Deal.objects.get(title="Autumn")
    assert (deal.unit, deal.area) == (work.units["sud"], work.areas["sud"])
    assert Quote.objects.get().owner == work.people["stranger"]
    assert Deal.objects.visible_to(work.principal("stranger")).filter(title="Autumn").exists()
    assert not Deal.objects.visible_to(work.principal("agent")).filter(title="Autumn").exists()


def test_the_log_says_who_gave_it_and_nobody_is_told_of_each(work: World) -> None:
    Notice.objects.all().delete()
    give(work, "own", "teammate")
    entry = AuditEntry.objects.get(action="deal.follow")
    assert entry.actor == work.people["manager"].id
    assert entry.operation == AuditEntry.objects.get(action="relationship.assign").operation
    told = Notice.objects.filter(person=work.people["teammate"]).values_list("kind", flat=True)
    assert list(told) == ["party.given"]


def test_it_comes_back_with_the_customer(work: World) -> None:
    give(work, "own", "stranger", by="admin")
    operation = AuditEntry.objects.get(action="relationship.assign").operation
    undone = undo_operation(work.principal("admin"), operation)
    relay_all()
    assert not undone.left
    assert (who_has("Autumn"), who_has("Call again")) == ("Agent", "Agent")
    deal = Deal.objects.get(title="Autumn")
    assert (deal.unit, deal.area) == (work.units["nord"], work.areas["nord"])
    assert Quote.objects.get().owner == work.people["agent"]


def test_what_was_the_other_ones_before_stays_his_when_it_is_taken_back(work: World) -> None:
    Deal.objects.filter(title="Hers").update(owner=work.people["teammate"])
    give(work, "own", "teammate")
    undo_operation(work.principal("manager"), AuditEntry.objects.get(action="relationship.assign").operation)
    relay_all()
    assert (who_has("Autumn"), who_has("Hers")) == ("Agent", "Teammate")


def test_it_stays_where_that_is_said(work: World) -> None:
    give(work, "own", "teammate", with_work=False)
    assert (who_has("Autumn"), who_has("Call again")) == ("Agent", "Agent")


def test_whoever_follows_another_line_of_his_keeps_his_tasks(work: World) -> None:
    party, agent = work.parties["own"], work.people["agent"]
    line = RelationshipSpec(
        company=work.companies["moda"], product_line=work.lines["uomo"], area=work.areas["nord"], owner_id=agent.id
    )
    first = Relationship.objects.get(party=party)
    open_relationship(work.principal("manager"), party, line)
    assign_relationship(
        work.principal("manager"),
        first,
        version=None,
        owner_id=work.people["teammate"].id,
        area=first.area,
        channel=None,
        unit=None,
    )
    relay_all()
    assert (who_has("Autumn"), who_has("Call again")) == ("Teammate", "Agent")


def test_taken_back_before_anybody_was_told_nothing_moves(work: World) -> None:
    row = Relationship.objects.get(party=work.parties["own"])
    for name in ("teammate", "agent"):
        assign_relationship(
            work.principal("manager"),
            Relationship.objects.get(pk=row.pk),
            version=None,
            owner_id=work.people[name].id,
            area=row.area,
            channel=None,
            unit=None,
        )
    relay_all()
    assert who_has("Autumn") == "Agent"
    assert not AuditEntry.objects.filter(action__endswith=".follow").exists()


def test_the_page_asks_whether_it_goes_along(work: World, client_of: ClientOf) -> None:
    row = Relationship.objects.get(party=work.parties["own"])
    client = client_of("manager")
    page = client.get(f"/relationships/{row.pk}/assign").content.decode()
    assert 'name="with_work"' in page
    said = {"owner": work.people["teammate"].pk, "area": row.area_id, "version": row.version}
    client.post(f"/relationships/{row.pk}/assign", said)
    relay_all()
    assert who_has("Autumn") == "Agent"  # the box was not ticked


def test_many_customers_go_with_their_work_and_come_back_with_it(work: World) -> None:
    manager, parties = work.principal("manager"), [work.parties[key] for key in ("own", "joined")]
    edit = done(manager, parties, Act("assign", {"owner_id": str(work.people["teammate"].id)}))
    relay_all()
    assert (who_has("Autumn"), who_has("Call again")) == ("Teammate", "Teammate")
    take_back(manager, edit)
    run_jobs()
    relay_all()
    assert (who_has("Autumn"), who_has("Call again")) == ("Agent", "Agent")


def test_many_are_given_without_their_work(work: World) -> None:
    act = Act("assign", {"owner_id": str(work.people["teammate"].id)}, with_work=False)
    done(work.principal("manager"), [work.parties["own"]], act)
    relay_all()
    assert (who_has("Autumn"), who_has("Call again")) == ("Agent", "Agent")
