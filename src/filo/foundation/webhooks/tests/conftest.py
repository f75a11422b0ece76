"""An administrator without a page, and a machine that may call itself."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from pytest_django import Settings

from filo.testing.fixtures import client_of_world, world

__all__ = ["client_of_world", "world"]


@pytest.fixture(autouse=True)
def own_machine(settings: Settings) -> None:
    """127.0.0.1 may be called here."""
    settings.EGRESS_ALLOW = [ip_network("127.0.0.1/32")]
