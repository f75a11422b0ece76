"""The flow of Mario Rossi, as its command walks it: ten of ten, or the suite fails."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_all_ten_steps_pass() -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "REDIS_"))}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "filo", "demo", "mario-rossi", "--patient"],
        env=environ,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "10 of 10 passed" in done.stdout
