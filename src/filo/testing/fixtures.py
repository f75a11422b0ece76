"""What every test may ask for by name: the world, and a client through which one of its people is signed in."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from filo.testing.clients import CheckedClient, client_of
from filo.testing.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    """The small named world, in the scheme by area."""
    return build_world()


@pytest.fixture
def open_world(db: None) -> World:
    """The same world in the open scheme."""
    return build_world(scheme="open")


@pytest.fixture(scope="module")
def standing_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world, built once for all tests of a module; a module that asks for it asks for no other."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def fresh_world(standing_world: World, db: None) -> World:
    """The standing world as it was built: what a test does to it is gone with the test."""
    return copy.deepcopy(standing_world)


@pytest.fixture(name="client_of")
def client_of_world(world: World) -> Callable[..., CheckedClient]:
    """`client_of("agent")` is signed in as that person of the world."""
    return partial(client_of, world)
