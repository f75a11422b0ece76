"""Every test at the door begins with fresh limits, a configured address and a data directory of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

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
def own_place(settings: Settings, tmp_path: Path) -> None:
    """Links are built from this address, whatever a request says; the start code is kept in this directory."""
    settings.SITE_URL = "https://crm.example.it"
    settings.DATA_DIR = tmp_path
