"""What the figures were measured on: without it a figure says nothing."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[4]


def machine() -> dict[str, Any]:
    """Cores, memory, versions, commit, day."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "cores": os.cpu_count(),
        "processor": _line("/proc/cpuinfo", "model name"),
        "memory": _line("/proc/meminfo", "MemTotal"),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def database() -> dict[str, Any]:
    """Version and settings of the database (with Django loaded)."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return {"engine": "sqlite", "version": cursor.fetchone()[0], "size": _size_of_file()}
        found: dict[str, Any] = {"engine": "postgresql"}
        for name in ("server_version", "shared_buffers", "work_mem", "effective_cache_size", "synchronous_commit"):
            cursor.execute("SELECT current_setting(%s)", [name])
            found[name] = cursor.fetchone()[0]
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        return found | {"size": cursor.fetchone()[0]}


def _size_of_file() -> str:
    from django.conf import settings

    return f"{os.path.getsize(str(settings.DATABASES['default']['NAME'])) // 1024**2} MB"


def _line(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _commit() -> str:
    try:
        return subprocess.run(  # noqa: S603
            ["git", "-C", str(ROOT), "describe", "--always", "--dirty"],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
