"""A process that served a muted copy knows it; the next test begins as a process that has just started."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from filo.foundation.copies.queries import forget_what_is_known


@pytest.fixture(autouse=True)
def just_started() -> Iterator[None]:
    forget_what_is_known()
    yield
    forget_what_is_known()
