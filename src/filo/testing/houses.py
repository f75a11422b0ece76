"""Whole installations of their own, each with a data directory and a database, driven by their commands alone."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[3]
KEY = "the-key-of-a-house-made-for-a-test-0123456789"
# What a house itself writes while it is copied: who made a copy, and who lives.
ITS_OWN = ("audit.", "copies.", "health.", "jobs.Schedule")
CONTENT = """
import json
from django.apps import apps
from filo.config.dump.tables import kept_models, sum_of
found = {label: sum_of(model) for label, model in kept_models(apps.get_models(include_auto_created=True)).items()}
print(json.dumps({label: [one.rows, one.content] for label, one in found.items()}))
"""


@dataclass(frozen=True)
class House:
    """An installation that no other test knows of."""

    folder: Path
    url: str = ""
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environ(self) -> dict[str, str]:
        """What its processes are told."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("FILO_", "DATABASE_", "DJANGO_"))
        }
        own = {
            "FILO_DATA_DIR": str(self.folder),
            "DATABASE_URL": self.url,
            "LANG": "en",
            "PYTHONPATH": str(ROOT / "src"),
        }
        return kept | own | ({"FILO_SECRET_KEY": KEY} if self.url else {}) | self.settings

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Begin a command."""
        command = [sys.executable, "-P", "-m", "filo", *words]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=self.environ, stdout=pipe, stderr=pipe, text=True)  # noqa: S603

    def filo(self, *words: str, ends: int = 0) -> str:
        """Run a command, which has to end with this status; gives all that it said."""
        process = self.start(*words)
        said = "".join(process.communicate(timeout=300))
        assert process.returncode == ends, said
        return said

    def told(self, *words: str, ends: int = 0) -> dict[str, object]:
        """Run a command that reports as JSON."""
        process = self.start(*words, "--json")
        out, err = process.communicate(timeout=300)
        assert process.returncode == ends, out + err
        found: dict[str, object] = json.loads(out)
        return found

    def python(self, code: str) -> str:
        """Run a program in it; gives what it prints."""
        environ = self.environ | {"DJANGO_SETTINGS_MODULE": "filo.config.settings"}
        command = [sys.executable, "-P", "-c", f"import django; django.setup()\n{code}"]
        return subprocess.run(command, env=environ, check=True, capture_output=True, text=True).stdout  # noqa: S603

    def content(self) -> dict[str, list[object]]:
        """How many rows of each model there are and what they come to, but for what it writes of itself."""
        found: dict[str, list[object]] = json.loads(self.python(CONTENT))
        return {label: one for label, one in found.items() if not label.startswith(ITS_OWN)}

    def files(self) -> dict[str, bytes]:
        """What lies in its folders of files and of mails."""
        places = [path for name in ("files", "outbox") for path in (self.folder / name).rglob("*") if path.is_file()]
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in places}


@contextmanager
def house(folder: Path, server: str = "", *, filled: bool = False) -> Iterator[House]:
    """One on a SQLite file or on this PostgreSQL server, empty or lived in; it is gone at the end of the block."""
    model = _lived_in(server) if filled else None
    if model:
        shutil.copytree(model.folder, folder, dirs_exist_ok=True)
    folder.mkdir(exist_ok=True)
    if not server:
        yield House(folder)
        return
    with _made(server, urlsplit(model.url).path.lstrip("/") if model else "template1") as url:
        yield House(folder, url)


@contextmanager
def _made(server: str, template: str) -> Iterator[str]:
    """The address of a database that is dropped in the end."""
    name = f"filo_house_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(server, autocommit=True) as line:
        line.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            line.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


_models: dict[str, House] = {}
_standing = ExitStack()
atexit.register(_standing.close)


def _lived_in(server: str) -> House:
    """The house that others are copied from: made once by each process of the run."""
    if server not in _models:
        folder = Path(_standing.enter_context(tempfile.TemporaryDirectory(prefix="filo-house-")))
        _models[server] = _standing.enter_context(house(folder, server))
        _models[server].filo("migrate")
        _models[server].python(FILLED)
    return _models[server]


# People of the small world live there, with a task, a mail that waits, and a file.
FILLED = """
from datetime import date, datetime, UTC
from pathlib import Path
from django.conf import settings
from filo.foundation.mail.services import queue_mail
from filo.operational.activities.services import add_task
from filo.testing.world import build_world
world = build_world()
agent = world.principal("agent")
title = "Richiamare, è urgente: “domani” \\\\N"
add_task(agent, title=title, party=world.parties["own"], due_on=date(2026, 12, 1))
queue_mail(to="info@lanificio.example", subject="Preventivo", text="Ecco\\n\\tl'offerta \\\\. €")
root = Path(settings.MEDIA_ROOT) / "imports" / "ab"
root.mkdir(parents=True)
(root / ("ab" * 32)).write_bytes(bytes(range(256)) * 300)
"""
