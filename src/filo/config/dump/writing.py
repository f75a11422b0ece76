"""Takes everything out: a file of lines for each model, the files by their hash, and a page that explains them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from filo import __version__
from filo.config.copies.archive import BLOCK
from filo.config.copies.manifest import File, own_key
from filo.config.copies.progress import Tell
from filo.config.copies.refusals import WrongDatabase
from filo.config.dump.copying import files
from filo.config.dump.readme import readme
from filo.config.dump.tables import Model, Sum, kept_models, lines_of
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.copies.services import note_taken_out
from filo.foundation.ids import uuid7

FORM = "filo dump 1"


@dataclass(frozen=True)
class Dumped:
    """The rows of one model: where they are, how many, and what they come to."""

    file: str
    rows: int
    content: str


@dataclass(frozen=True)
class Dump:
    """What was taken out."""

    folder: Path
    taken_at: datetime
    seconds: float
    models: Mapping[str, Dumped]
    files: Mapping[str, File]


def export_all(principal: Principal, folder: Path, *, missing: Callable[[], int], tell: Tell) -> Dump:
    """Take everything out into a folder that is empty or not there yet, as it stands at one moment.

    `missing` tells how many steps the tables are behind. Raises `Forbidden`, `WrongDatabase`.
    """
    _look(folder, missing())
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    began, moment = time.monotonic(), clock.now()
    note_taken_out(principal, id=uuid7(), folder=str(folder))
    found = kept_models(apps.get_models(include_auto_created=True))
    (folder / "data").mkdir(mode=0o700)
    with one_moment():
        migrations = _migrations()
        dumped = {label: _written(model, folder, tell) for label, model in found.items()}
    copied = files(folder, tell)
    (folder / "README.md").write_text(readme(found, dumped), encoding="utf-8")
    dump = Dump(folder, moment, time.monotonic() - began, dumped, copied)
    _close(dump, migrations)
    return dump


def _look(folder: Path, missing: int) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongDatabase(_("%(folder)s is not an empty directory.") % {"folder": folder}, code="not-empty")
    if missing:
        raise WrongDatabase(_("The database is older than this program: run ./filo upgrade first."), code="older")


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read within the block is of one moment, and nobody who writes waits for it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _migrations() -> list[tuple[str, str]]:
    rows = MigrationRecorder.Migration.objects.order_by("id").values_list("app", "name")
    return [(app, name) for app, name in rows]


def _written(model: Model, folder: Path, tell: Tell) -> Dumped:
    label, found = model._meta.label, Sum()
    name = f"data/{label}.jsonl"
    with open(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=BLOCK) as file:
        for line in lines_of(model):
            file.write(line)
            found.add(line)
            if found.rows % 2000 == 0:
                tell(label, found.rows, 0)
        file.flush()
        os.fsync(file.fileno())
    return Dumped(name, found.rows, found.content)


def _close(dump: Dump, migrations: list[tuple[str, str]]) -> None:
    """The manifest comes last: a dump without it was not finished."""
    told: dict[str, Any] = {
        "form": FORM,
        "taken_at": dump.taken_at.isoformat(),
        "version": __version__,
        "engine": connection.vendor,
        "key": own_key(),
        "migrations": migrations,
        "models": {label: asdict(one) for label, one in dump.models.items()},
        "files": {name: asdict(one) for name, one in dump.files.items()},
    }
    half = dump.folder / ".manifest.json.part"
    half.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    half.replace(dump.folder / "manifest.json")
