"""Makes a backup: database, files and key as they stand at one moment, in one file, while the house works."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.db import connection
from django.utils.translation import gettext as _

from filo import __version__
from filo.config.copies import postgresql, sqlite
from filo.config.copies.archive import Writer, settle
from filo.config.copies.files import KEY, add_files, data_directory, size_of_files
from filo.config.copies.manifest import Content, Manifest, commit, own_key
from filo.config.copies.progress import Tell
from filo.config.copies.refusals import NoRoom, WrongDatabase
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.copies.models import Backup
from filo.foundation.copies.services import note_backup
from filo.foundation.health.checks.database import size_of_database
from filo.foundation.health.words import size
from filo.foundation.ids import uuid7

SPARE = 64 * 1024**2
SURELY_LEFT = 24 * 3600
MADE_BY_ITSELF = "20[0-9][0-9][0-1][0-9][0-3][0-9]-[0-9][0-9][0-9][0-9][0-9][0-9]-before-*.tar.gz"


@dataclass(frozen=True)
class Taken:
    """What was made."""

    file: str
    size: int
    seconds: float
    manifest: Manifest

    def told(self) -> dict[str, object]:
        """For a report."""
        content = self.manifest.content
        return {
            "file": self.file,
            "bytes": self.size,
            "seconds": round(self.seconds, 2),
            "taken_at": self.manifest.taken_at.isoformat(),
            "engine": self.manifest.engine,
            "version": self.manifest.version,
            "tables": len(content.tables),
            "rows": sum(table.rows for table in content.tables.values()),
            "files": len(self.manifest.files),
        }


def back_up(principal: Principal, file: Path, tell: Tell) -> Taken:
    """Make a backup under this name, and keep that it was made.

    Raises `Forbidden`, `NoRoom`, `WrongDatabase` where there is nothing to keep.
    """
    principal.require("settings", "edit")
    taken = copy_to(file, tell)
    note(principal, taken)
    return taken


def copy_to(file: Path, tell: Tell) -> Taken:
    """Make a backup, also of a database that is older or newer than this program; an old file goes when it is whole.

    Raises `NoRoom`, `WrongDatabase`.
    """
    _refuse_nothing()
    _sweep(file.parent, f".{file.name}.*.part")
    _look_for_room(file.parent)
    half = file.with_name(f".{file.name}.{uuid7().hex}.part")
    try:
        with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            taken = _written(target, str(file), file.parent, tell)
            target.flush()
            os.fsync(target.fileno())
        half.replace(file)
        settle(file)
    finally:
        half.unlink(missing_ok=True)
    return taken


def _sweep(folder: Path, *patterns: str) -> None:
    """What a backup that was killed left here, a day ago or longer: another one may be at work beside this one."""
    for left in (left for pattern in (".*.copy*", *patterns) for left in folder.glob(pattern)):
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > SURELY_LEFT:
                left.unlink()


def stream_backup(principal: Principal, target: IO[bytes], tell: Tell) -> Taken:
    """The same into a pipe, for a program that carries it elsewhere. Raises `Forbidden`, `WrongDatabase`."""
    principal.require("settings", "edit")
    _refuse_nothing()
    _sweep(data_directory())
    taken = _written(target, "-", data_directory(), tell)
    target.flush()
    note(principal, taken)
    return taken


def _refuse_nothing() -> None:
    if "django_migrations" not in connection.introspection.table_names():
        raise WrongDatabase(_("There is no database yet: there is nothing to keep."), code="no-database")


def _look_for_room(folder: Path) -> None:
    """Generously: a copy of a SQLite file is made beside it, and packing halves at least what is rows."""
    if connection.vendor == "sqlite":
        needed = size_of_database() * 3 // 2
    else:
        with connection.cursor() as cursor:
            needed = postgresql.size_of_rows(cursor) // 2
    needed += size_of_files() + SPARE
    free = shutil.disk_usage(folder).free
    if free < needed:
        told = _("There is not enough room in %(folder)s: %(needed)s are needed, %(free)s are free.")
        raise NoRoom(told % {"folder": folder, "needed": size(needed), "free": size(free)})


def _written(target: IO[bytes], name: str, scratch: Path, tell: Tell) -> Taken:
    began, moment = time.monotonic(), clock.now()
    writer = Writer(target)
    content = sqlite.take(writer, scratch, tell) if connection.vendor == "sqlite" else postgresql.take(writer, tell)
    # After the database: what its rows speak of was there before, and a file too many does no harm.
    manifest = _manifest(moment, content, writer, tell)
    length = writer.close(manifest.written())
    return Taken(name, length, time.monotonic() - began, manifest)


def _manifest(moment: datetime, content: Content, writer: Writer, tell: Tell) -> Manifest:
    files = add_files(writer, tell)
    return Manifest(
        taken_at=moment,
        version=__version__,
        commit=commit(),
        engine=connection.vendor,
        key=own_key(),
        has_key=KEY in files,
        content=content,
        files=files,
    )


def note(principal: Principal, taken: Taken) -> None:
    """Keep that a backup was made, unless the database is too old to have a place for it. Raises `Forbidden`."""
    if Backup._meta.db_table not in connection.introspection.table_names():
        return
    note_backup(
        principal,
        at=taken.manifest.taken_at,
        file=Path(taken.file).name,
        size=taken.size,
        seconds=taken.seconds,
        version=taken.manifest.version,
    )


def kept_backups() -> Path:
    """Where the backups lie that Filo makes by itself, before it changes much."""
    folder = data_directory() / "backups"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def name_for(reason: str) -> str:
    """A name that sorts by time, and that `MADE_BY_ITSELF` knows."""
    return f"{clock.now():%Y%m%d-%H%M%S}-{reason}.tar.gz"


def forget_old(folder: Path, *, keep: int) -> None:
    """Keep the newest of the backups that Filo made by itself, and nothing that a killed one left.

    What a person has put there is his.
    """
    left = (*folder.glob(".*.part"), *folder.glob(".*.copy*"))
    for old in (*sorted(folder.glob(MADE_BY_ITSELF), reverse=True)[keep:], *left):
        old.unlink(missing_ok=True)
