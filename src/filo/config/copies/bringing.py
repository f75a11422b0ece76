"""Brings a backup back: looks at every byte first, lays the database down whole or not at all, and leaves it muted."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.config.copies import postgresql, sqlite
from filo.config.copies.archive import Archive, checked
from filo.config.copies.files import KEY, data_directory, kept_files, put_file, with_a_place_here
from filo.config.copies.laying import State, a_new_database, is_filled, migrate_to, refuse_newer, state_after
from filo.config.copies.manifest import File, Manifest, own_key, read_manifest
from filo.config.copies.progress import Tell
from filo.config.copies.refusals import BrokenBackup, WrongDatabase
from filo.config.copies.taking import copy_to, kept_backups, name_for
from filo.config.processes import lives
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.bulk import learn_sizes
from filo.foundation.copies.services import mute
from filo.foundation.health.models import ProcessBeat
from filo.foundation.health.queries import processes
from filo.foundation.health.services import forget_processes
from filo.foundation.ids import uuid7

FILES = "files/"
OTHER_KEY = gettext_lazy(
    "The secret key here is another one than there: sessions end, links in old mails do not open, second factors and"
    " webhooks have to be set up again. Set FILO_SECRET_KEY to the old one to avoid it."
)


@dataclass
class Brought:
    """What was done; `before` is the backup of what was there, `warnings` what a person has to know."""

    manifest: Manifest
    seconds: float = 0.0
    before: str = ""
    steps: int = 0
    warnings: list[str] = field(default_factory=list)


def restore(principal: Principal, file: Path, *, replace: bool, up_to_date: Callable[[], int], tell: Tell) -> Brought:
    """Put a backup into the empty database, or with `replace` in the place of what is there, which is kept first.

    `up_to_date` brings the tables to this version in the end. Raises `BrokenBackup`, `NoBackup`, `WrongDatabase`;
    then nothing was changed.
    """
    began = time.monotonic()
    archive = checked(file, tell)
    manifest = read_manifest(archive.manifest())
    _refuse_other_engine(manifest)
    refuse_newer(manifest.content.migrations, manifest.version)
    files = with_a_place_here(manifest.files)
    brought = Brought(manifest)
    brought.before = make_way(replace=replace, tell=tell)
    with a_new_database():
        _lay_down(archive, manifest, tell)
    _put_files(archive, files, tell)
    if brought.before:
        _forget_other_files(manifest)
    brought.steps = finish(principal, taken_at=manifest.taken_at, source=file.name, up_to_date=up_to_date)
    brought.warnings = _warnings(manifest)
    brought.seconds = time.monotonic() - began
    return brought


def _refuse_other_engine(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        sentence = _(
            "This backup is of %(theirs)s, and here is %(ours)s: take everything out there with"
            " ./filo export --all DIR, and bring it in here with ./filo import DIR."
        )
        raise WrongDatabase(sentence % {"theirs": manifest.engine, "ours": connection.vendor}, code="other-engine")


def make_way(*, replace: bool, tell: Tell) -> str:
    """Look whether the database may be filled; with `replace` keep what is there first. Gives that backup's path.

    Raises `WrongDatabase` when Filo runs on it, or somebody lives there and `replace` is not asked for.
    """
    is_empty = not is_filled()
    _refuse_running()
    if is_empty:
        return ""
    if not replace:
        sentence = _(
            "A firm lives in this database already. With --replace it is kept in a backup first, and then goes."
        )
        raise WrongDatabase(sentence, code="filled")
    return copy_to(kept_backups() / name_for("before-restore"), tell).file


def _refuse_running() -> None:
    if connection.vendor == "sqlite" and not sqlite.place().exists():
        return
    if ProcessBeat._meta.db_table not in connection.introspection.table_names():
        return
    here = socket.gethostname()[:120]
    running = [beat for beat in processes().living if beat.host != here or lives(beat.pid)]
    if running:
        sentence = _("Filo is running on this database (process %(pid)s on %(host)s): stop it first.")
        raise WrongDatabase(sentence % {"pid": running[0].pid, "host": running[0].host}, code="running")


def _lay_down(archive: Archive, manifest: Manifest, tell: Tell) -> None:
    migrations = manifest.content.migrations
    if connection.vendor == "sqlite":
        for name, size, part in archive.parts():
            if name == sqlite.PART:
                sqlite.bring(part, size, sqlite.place(), manifest.content, tell)
                break
        else:
            raise BrokenBackup
        mute_in(state_after(migrations), manifest.taken_at)
        return
    state = migrate_to(migrations)
    postgresql.load(archive, manifest.content, tell)
    mute_in(state, manifest.taken_at)


def mute_in(state: State, taken_at: datetime) -> None:
    """Mute a database before anybody can see it, whatever version it is of."""
    try:
        model = state.get_model("copies", "Mute")
    except LookupError:  # it is of before copies could be muted: `finish` does it, when there is a place for it
        return
    if not model.objects.filter(ended_at=None).exists():
        model.objects.create(id=uuid7(), since=clock.now(), taken_at=taken_at)


def _put_files(archive: Archive, files: Mapping[str, File], tell: Tell) -> None:
    done, total = 0, sum(file.size for file in files.values())
    for part_name, size, part in archive.parts():
        name = part_name.removeprefix(FILES)
        if part_name.startswith(FILES) and name in files:
            put_file(name, part, files[name])
            done += size
            tell("putting files back", done, total)


def _forget_other_files(manifest: Manifest) -> None:
    """What belonged to those who lived here before; the backup that was just made holds it."""
    for path in list(kept_files()):
        name = path.relative_to(data_directory()).as_posix()
        if name not in manifest.files and name != KEY:
            path.unlink(missing_ok=True)


def finish(principal: Principal, *, taken_at: datetime, source: str, up_to_date: Callable[[], int]) -> int:
    """Bring the copy up to this version and say in its audit that it is one; gives how many steps it took."""
    steps = up_to_date()
    learn_sizes()
    forget_processes()
    mute(principal, taken_at=taken_at, source=source)
    return steps


def _warnings(manifest: Manifest) -> list[str]:
    return [] if manifest.key == own_key() else [str(OTHER_KEY)]
