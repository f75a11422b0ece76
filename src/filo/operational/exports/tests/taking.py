"""The shortest ways to take a list out and to look into its file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from filo.foundation.access.principal import Principal
from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.running import run_claimed
from filo.operational.exports.models import Export
from filo.operational.exports.services.asking import ask_for_export
from filo.operational.exports.services.running import carry_out
from filo.operational.exports.wishes import Wish


def taken(principal: Principal, what: str, form: str = "csv", **wish: Any) -> Export:
    """A list taken out."""
    return carry_out(ask_for_export(principal, Wish(what, form, **wish), in_background=False))


def table(content: bytes, delimiter: str = ";") -> list[dict[str, str]]:
    """The rows of a CSV file by their headers."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def rows(principal: Principal, what: str, **wish: Any) -> list[dict[str, str]]:
    """The rows of a list taken out as CSV."""
    return table(taken(principal, what, **wish).path.read_bytes())


def documents(path: Path) -> list[dict[str, Any]]:
    """What a JSON file holds."""
    found: list[dict[str, Any]] = json.loads(path.read_bytes())["items"]
    return found


def work() -> None:
    """Do what waits in the background."""
    while job := claim("tester", ["long", "default"]):
        run_claimed(job)


def content_of(answer: Any) -> bytes:
    """The whole of a file that an answer sends."""
    return b"".join(answer.streaming_content)
