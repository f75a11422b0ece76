"""Every test at the door begins with fresh limits and with a configured address of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """Limits are counted in the process."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def configured_address(settings: Settings) -> None:
    """Links are built from this one, whatever a request says."""
    settings.SITE_URL = "https://crm.example.it"
