"""What happens with a contact stands on the firm's story too, and the last contact is the latest."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from django.utils import translation

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.operational.interactions.models import Interaction
from filo.operational.interactions.outcomes import make_ready_outcomes
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.models import Party, PartyRelation, TimelineEntry
from filo.operational.parties.queries.timeline import TimelineQuery, by_day, timeline_page
from filo.operational.parties.templatetags.story import story
from filo.testing.world import World

EARLY, LATE = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 5, 4, 16, tzinfo=UTC)


def entries_of(interaction: Interaction) -> list[TimelineEntry]:
    return list(TimelineEntry.objects.filter(reference_id=interaction.id))


def last_contact(party: Party) -> datetime | None:
    return Party.objects.get(pk=party.pk).last_contact_at


def shown(principal: Principal, party: Party) -> list[str]:
    rows = timeline_page(principal, party, TimelineQuery()).rows
    return [row.summary for row in rows if row.object == "interaction"]


def test_a_call_with_a_contact_stands_on_the_firms_story_as_the_same_event(world: World) -> None:
    person, firm = world.parties["contact"], world.parties["own"]
    entries = entries_of(log_interaction(world.principal("agent"), person, channel="call", subject="Campioni"))
    assert {entry.party_id for entry in entries} == {person.id, firm.id}
    assert len({entry.event_id for entry in entries}) == 1
    assert {entry.origin_party for entry in entries} == {person.id}
    assert shown(world.principal("agent"), firm) == ["Campioni"]


def test_a_call_with_a_firm_does_not_stand_on_its_contacts_story(world: World) -> None:
    entries = entries_of(log_interaction(world.principal("agent"), world.parties["own"], channel="call"))
    assert [entry.party_id for entry in entries] == [world.parties["own"].id]


def test_a_call_after_the_contact_left_the_firm_stands_on_the_persons_story_alone(world: World) -> None:
    person = world.parties["contact"]
    PartyRelation.objects.filter(from_party=person).update(valid_to=date(2026, 4, 1))
    agent = world.principal("agent")
    assert len(entries_of(log_interaction(agent, person, channel="call", at=EARLY))) == 2
    assert len(entries_of(log_interaction(agent, person, channel="call", at=LATE))) == 1


def test_a_call_with_a_contact_is_a_contact_with_the_firm(world: World) -> None:
    log_interaction(world.principal("agent"), world.parties["contact"], channel="call", at=EARLY)
    assert last_contact(world.parties["contact"]) == EARLY
    assert last_contact(world.parties["own"]) == EARLY


def test_a_note_is_no_contact(world: World) -> None:
    log_interaction(world.principal("agent"), world.parties["own"], channel="note", body="Chiude in agosto")
    assert last_contact(world.parties["own"]) is None


def test_a_call_that_nobody_answered_is_no_contact(world: World) -> None:
    nobody = make_ready_outcomes()["call", "no-answer"]
    log_interaction(world.principal("agent"), world.parties["own"], channel="call", outcome=nobody)
    assert last_contact(world.parties["own"]) is None


def test_the_last_contact_is_the_latest_in_whatever_order_they_are_told(world: World) -> None:
    agent, party = world.principal("agent"), world.parties["own"]
    log_interaction(agent, party, channel="meeting", at=LATE)
    log_interaction(agent, party, channel="call", at=EARLY)
    assert last_contact(party) == LATE


def test_the_story_is_told_newest_first(world: World) -> None:
    agent, party = world.principal("agent"), world.parties["own"]
    log_interaction(agent, party, channel="meeting", at=LATE, subject="dopo")
    log_interaction(agent, party, channel="call", at=EARLY, subject="prima")
    assert shown(agent, party) == ["dopo", "prima"]


def test_agents_who_share_a_customer_do_not_read_each_others_calls(world: World) -> None:
    assert shown(world.principal("agent"), world.parties["shared"]) == ["subject of agents_call"]
    assert shown(world.principal("teammate"), world.parties["shared"]) == ["subject of teammates_call"]


def test_an_entry_of_the_first_of_a_month_tells_its_day(world: World) -> None:
    agent, party = world.principal("agent"), world.parties["own"]
    for day in (1, 2):
        log_interaction(agent, party, channel="call", subject="Campioni", at=datetime(2026, 3, day, 9, tzinfo=UTC))
    with clock.at(datetime(2026, 6, 20, 9, tzinfo=UTC)), translation.override("it"):
        months = by_day(timeline_page(agent, party, TimelineQuery()).rows)
        told = story([month for month in months if month.day == date(2026, 3, 1)])
    assert re.findall(r"<time [^>]*>([^<]*)</time>", told) == ["2 mar", "1 mar"]
