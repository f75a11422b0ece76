"""Files are kept where the test keeps its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import caches
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def kept_files(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    caches["process"].clear()
