"""Every test at the door begins with fresh limits, a configured address and a data directory of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import caches
from pytest_django import Settings

from filo.foundation import clock


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """The API counts in the process; what the door counts goes with the test's transaction."""
    caches["process"].clear()


@pytest.fixture(autouse=True)
def own_place(settings: Settings, tmp_path: Path) -> None:
    """Links are built from this address, whatever a request says; the start code is kept in this directory."""
    settings.SITE_URL = "https://crm.example.it"
    settings.DATA_DIR = tmp_path


@pytest.fixture
def steady_clock() -> Iterator[None]:
    """It is the middle of the next half-minute, so that codes of an app do not change between two lines."""
    with clock.at(datetime.fromtimestamp(int(clock.now().timestamp()) // 30 * 30 + 45, UTC)):
        yield
