"""Two administrators who take each other's role away at the same moment: one of them is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from filo.foundation.accounts.models import User
from filo.foundation.accounts.services import edit_person
from filo.foundation.errors import DomainError
from filo.testing.world import World, build_world

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def test_one_of_two_stays_administrator() -> None:
    world = build_world()
    admin, boss = world.people["admin"], world.people["boss"]
    edit_person(world.principal("admin"), boss, version=1, role=admin.role)
    barrier = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        turns = [
            pool.submit(_demote, world, by="admin", whom=boss, version=2, barrier=barrier),
            pool.submit(_demote, world, by="boss", whom=admin, version=1, barrier=barrier),
        ]
        outcomes = sorted(turn.result() for turn in turns)
    assert outcomes == ["done", "last-administrator"]
    assert User.objects.filter(role__code="administrator", is_active=True).count() == 1


def _demote(world: World, *, by: str, whom: User, version: int, barrier: Barrier) -> str:
    try:
        principal = world.principal(by)
        barrier.wait()
        edit_person(principal, whom, version=version, role=world.people["agent"].role)
    except DomainError as error:
        return error.code
    else:
        return "done"
    finally:
        connection.close()
