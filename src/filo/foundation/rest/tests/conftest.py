"""Limits are counted in the process: every test begins with a fresh window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    caches["process"].clear()
    yield
    caches["process"].clear()
