"""A statement that is put together once serves everybody, and gives each of them what is theirs."""

from __future__ import annotations

import threading
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import CharField, UUIDField
from django.test.utils import CaptureQueriesContext

from filo.foundation.access.prepared import PreparedFor
from filo.foundation.prepared import Prepared, asked, asked_many
from filo.operational.parties.models import Party
from filo.testing.world import World

SEEN = PreparedFor(lambda principal: Party.objects.visible_to(principal).order_by("sort_name"))
NAMED = Prepared(lambda: Party.objects.filter(pk__one_of=asked_many("ids", UUIDField())).order_by("sort_name"))
BY_NAME = Prepared(lambda: Party.objects.filter(display_name=asked("name", CharField())).values_list("id", flat=True))
PEOPLE = ("agent", "teammate", "stranger", "manager", "other_manager", "boss", "operator")


@pytest.mark.parametrize("_turn", range(2))
def test_people_of_one_role_see_their_own_rows(world: World, _turn: int) -> None:
    for name in PEOPLE:
        principal = world.principal(name)
        assert SEEN.rows(principal) == list(Party.objects.visible_to(principal).order_by("sort_name")), name


def test_agents_of_one_unit_share_a_statement_and_not_its_rows(world: World) -> None:
    agent, teammate = world.principal("agent"), world.principal("teammate")
    assert agent.sight == teammate.sight
    assert SEEN.rows(agent) != SEEN.rows(teammate)


def test_a_list_of_ids_is_one_parameter(world: World) -> None:
    some = [world.parties["own"], world.parties["shared"]]
    with CaptureQueriesContext(
        connection,
    ) as asked_once:
        assert set(NAMED.rows(ids=[party.id for party in some])) == set(some)
        assert NAMED.rows(ids=[some[0].id]) == some[:1]
        assert NAMED.rows(ids=[]) == []
    assert len(asked_once) == 3


def test_a_value_is_never_part_of_the_statement(world: World) -> None:
    assert BY_NAME.rows(name=world.parties["own"].display_name) == [world.parties["own"].id]
    assert BY_NAME.rows(name="' OR 1=1 --") == []
    assert BY_NAME.rows(name="%s") == []


def test_a_value_that_is_not_given_is_said(world: World) -> None:
    with pytest.raises(KeyError, match="name"):
        BY_NAME.rows()


@pytest.mark.django_db(transaction=True)
def test_threads_do_not_take_each_others_values(world: World) -> None:
    names = [party.display_name for party in world.parties.values()]
    found: dict[str, list[UUID]] = {}

    def look(name: str) -> None:
        try:
            for _time in range(20):
                found[name] = BY_NAME.rows(name=name)
        finally:
            connection.close()

    threads = [threading.Thread(target=look, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {name: list(Party.objects.filter(display_name=name).values_list("id", flat=True)) for name in names}
