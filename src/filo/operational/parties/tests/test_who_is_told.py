"""Somebody is told once, of what he may see, and never of what he did himself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from filo.foundation import clock
from filo.foundation.errors import NotFound
from filo.foundation.notices.models import Notice
from filo.foundation.notices.queries import told
from filo.foundation.notices.services.reading import read_all, read_notice, settle, snooze, unread, wake_due
from filo.foundation.notices.tests.giving import give
from filo.operational.parties.services import reach
from filo.testing.world import World


def lines(world: World, name: str) -> list[str]:
    """What somebody reads, newest first, with how often."""
    mine = Notice.objects.filter(person=world.people[name]).select_related("actor").order_by("-at", "-id")
    return [f"{one.sentence} ×{one.notice.count}" for one in told(world.principal(name), mine)]


def test_a_second_notice_of_the_same_thing_raises_the_count_of_the_first(world: World) -> None:
    assert [give(world, "own", "agent") for _time in range(3)] == [1, 1, 1]
    give(world, "shared", "agent")
    assert lines(world, "agent") == [
        "Manager ti ha affidato un cliente: Emporio Conti S.n.c. ×1",
        "Manager ti ha affidato un cliente: Lanificio Bassi S.r.l. ×3",
    ]


def test_what_was_read_is_told_anew(world: World) -> None:
    give(world, "own", "agent")
    read_all(world.principal("agent"))
    give(world, "own", "agent")
    assert [one.count for one in Notice.objects.order_by("at")] == [1, 1]
    assert Notice.objects.filter(read_at=None).count() == 1


def test_with_a_key_one_is_told_once_for_ever(world: World) -> None:
    assert give(world, "own", "agent", key="today") == 1
    assert give(world, "own", "agent", key="today") == 0
    read_all(world.principal("agent"))
    assert give(world, "own", "agent", key="today") == 0
    assert give(world, "own", "agent", key="tomorrow") == 1


def test_nobody_hears_of_what_he_may_not_see(world: World) -> None:
    assert give(world, "own", "agent", "teammate", "stranger", "boss") == 2
    told_people = set(Notice.objects.values_list("person__given_name", flat=True))
    assert told_people == {"Agent", "Boss"}


def test_nobody_is_told_of_what_he_did_himself(world: World) -> None:
    assert give(world, "own", "agent", by="agent") == 0


def test_who_works_here_no_more_is_not_told(world: World) -> None:
    person = world.people["agent"]
    person.is_active = False
    person.save()
    assert give(world, "own", "agent") == 0


def test_a_customer_that_is_not_mine_to_see_any_more_is_not_named(world: World) -> None:
    give(world, "own", "agent")
    own = world.parties["own"].relationships.get()
    own.owner = world.people["teammate"]
    own.save()
    reach.refresh([world.parties["own"].id])
    assert lines(world, "agent") == []


def test_reading_is_taken_back_but_for_what_was_told_anew(world: World) -> None:
    agent = world.principal("agent")
    give(world, "own", "agent")
    give(world, "shared", "agent")
    number, moment = read_all(agent)
    assert number == 2
    give(world, "own", "agent")
    assert unread(agent, read_at=moment) == 1
    assert Notice.objects.filter(read_at=None).count() == 2


def test_what_is_put_off_comes_back_by_itself(world: World) -> None:
    agent = world.principal("agent")
    give(world, "own", "agent")
    until = snooze(agent, Notice.objects.get().id, until="hour")
    assert Notice.objects.all().waiting().count() == 0
    assert wake_due() == 0
    with clock.at(until + timedelta(seconds=1)):
        assert wake_due() == 1
    assert Notice.objects.all().waiting().count() == 1


def test_a_stranger_reads_no_notice_of_mine(world: World) -> None:
    give(world, "own", "agent")
    with pytest.raises(NotFound):
        read_notice(world.principal("boss"), Notice.objects.get().id)


def test_what_is_over_needs_no_notice(world: World) -> None:
    give(world, "own", "agent", "boss")
    assert settle("party", world.parties["own"].id) == 2
    assert Notice.objects.filter(read_at=None).count() == 0
