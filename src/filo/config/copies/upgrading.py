"""Brings the database to the version of the program that is installed: kept first, then changed, then looked at.

What is under way is noted beside the backups: killed at any point, the next call goes on with the same backup,
which is the one of the state before.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import Error
from django.utils.translation import gettext as _

from filo import __version__
from filo.config.copies.archive import settle
from filo.config.copies.laying import is_filled
from filo.config.copies.manifest import commit
from filo.config.copies.progress import Tell
from filo.config.copies.refusals import UpgradeStopped
from filo.config.copies.taking import copy_to, forget_old, kept_backups, name_for
from filo.foundation.access.principal import Principal
from filo.foundation.copies.services import note_backup
from filo.foundation.health.queries import processes

UNDER_WAY, INSTALLED = "upgrading.json", "installed.json"
Note = dict[str, Any]  # read from a file


@dataclass(frozen=True)
class Upgraded:
    """What was done: how many steps (0: all was up to date), the way back, and what is wrong now, if anything."""

    steps: int
    seconds: float
    backup: str = ""
    commit_before: str = ""
    running: int = 0
    problems: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ways:
    """How it is seen how many steps are missing, how they are done, and what is looked at afterwards."""

    missing: Callable[[], int]
    up_to_date: Callable[[], int]
    checks: Mapping[str, Callable[[], str]]


def upgrade(principal: Principal, ways: Ways, *, keep: int, tell: Tell) -> Upgraded:
    """Keep, change, look; begun again after whatever ended it, it goes on. Belongs into `alone()`."""
    began, folder = time.monotonic(), kept_backups()
    steps = ways.missing()
    under_way = _read(folder / UNDER_WAY)
    if not steps and not under_way:
        return Upgraded(0, time.monotonic() - began, problems=_looked_at(folder, ways))
    if not _is_there(under_way) and is_filled():
        under_way = _kept_before(folder, tell)
    try:
        ways.up_to_date()
    except Error as error:
        raise _stopped(error, under_way) from error
    if _is_there(under_way):
        _note(principal, under_way)
    problems = _looked_at(folder, ways)
    if not problems:
        (folder / UNDER_WAY).unlink(missing_ok=True)
        forget_old(folder, keep=keep)
    seconds, running = time.monotonic() - began, len(processes().living)
    return Upgraded(steps, seconds, under_way.get("file", ""), under_way.get("commit", ""), running, problems)


def _stopped(error: Error, under_way: Note) -> UpgradeStopped:
    sentence = _(
        "The upgrade has stopped, because the database refused a step (%(problem)s). Mend the cause and give the"
        " command again: it goes on. Or go back: check out the version before, then ./filo restore --replace %(file)s"
    )
    told = {"problem": " ".join(str(error).split()), "file": under_way.get("file", "–")}
    return UpgradeStopped(sentence % told)


def _is_there(under_way: Note) -> bool:
    return bool(under_way) and Path(under_way["file"]).is_file()


def _kept_before(folder: Path, tell: Tell) -> Note:
    """A backup of the state before, and the note of it that the next call finds should this one be ended."""
    taken = copy_to(folder / name_for(f"before-{__version__}"), tell)
    note = {
        "file": taken.file,
        "size": taken.size,
        "seconds": taken.seconds,
        "taken_at": taken.manifest.taken_at.isoformat(),
        "commit": _read(folder / INSTALLED).get("commit", ""),
    }
    _write(folder / UNDER_WAY, note)
    return note


def _note(principal: Principal, under_way: Note) -> None:
    """In the database, which has a place for it only now."""
    note_backup(
        principal,
        at=datetime.fromisoformat(under_way["taken_at"]),
        file=Path(under_way["file"]).name,
        size=under_way["size"],
        seconds=under_way["seconds"],
        version=__version__,
    )


def _looked_at(folder: Path, ways: Ways) -> dict[str, str]:
    """What is wrong; when nothing is, this is what is installed."""
    problems = {name: problem for name, look in ways.checks.items() if (problem := look())}
    if not problems:
        _write(folder / INSTALLED, {"version": __version__, "commit": commit()})
    return problems


def _read(file: Path) -> Note:
    try:
        found: Note = json.loads(file.read_text(encoding="utf-8"))
        return found
    except (OSError, ValueError):
        return {}


def _write(file: Path, note: Note) -> None:
    half = file.with_name(f".{file.name}.part")
    half.write_text(json.dumps(note), encoding="utf-8")
    half.replace(file)
    settle(file)
