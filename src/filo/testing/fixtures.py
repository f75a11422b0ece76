"""What every test may ask for by name: the world, and a client through which one of its people is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from filo.testing.clients import CheckedClient, client_of
from filo.testing.standing import laid_world
from filo.testing.world import World

# How long a busy machine takes over an example says nothing about the program.
settings.register_profile("filo", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("filo")


@pytest.fixture
def world(db: None) -> World:
    """The small named world, in the scheme by area."""
    return laid_world()


@pytest.fixture
def open_world(db: None) -> World:
    """The same world in the open scheme."""
    return laid_world(scheme="open")


@pytest.fixture(name="client_of")
def client_of_world(world: World) -> Callable[..., CheckedClient]:
    """`client_of("agent")` is signed in as that person of the world."""
    return partial(client_of, world)


@pytest.fixture
def english() -> Iterator[None]:
    """What is said to people is said in English, as tests of sentences compare them."""
    with translation.override("en"):
        yield
