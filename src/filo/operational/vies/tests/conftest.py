"""A VIES on this machine, to which the settings point."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from pytest_django.fixtures import Settings

from filo.operational.vies.tests.fake import Vies, serving


@pytest.fixture
def vies(settings: Settings) -> Iterator[Vies]:
    settings.EGRESS_ALLOW = [ip_network("127.0.0.0/8")]
    with serving() as found:
        settings.VIES_URL = found.url
        yield found
