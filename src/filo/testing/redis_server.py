"""A Redis of a test's own, which it may end."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator

from filo.config.processes import until
from filo.testing.served import can_bind, free_port


@contextlib.contextmanager
def own_redis() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Its address and its process; nothing of it is kept."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        assert until(lambda: not can_bind(port), seconds=30)
        yield f"redis://127.0.0.1:{port}/0", process
    finally:
        process.kill()
        process.wait()
