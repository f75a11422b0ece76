"""Where a bench works: a database, a secret and a folder of its own, never the firm's."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, LiteralString
from urllib.parse import urlsplit, urlunsplit

from filo.config import env

if TYPE_CHECKING:
    from psycopg.sql import Composed

OURS = ("FILO_", "DATABASE_", "REDIS_", "DJANGO_SETTINGS_MODULE")
KEPT = ("FILO_WORKERS", "FILO_THREADS", "FILO_VENV")
PREFIX = "filo_bench"


class WrongPlace(Exception):
    """The database that was named may hold what is not ours."""


@dataclass(frozen=True)
class Place:
    """A database by its address, and what the processes on it are told."""

    url: str
    folder: Path  # data directory of the processes, thrown away afterwards
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    @property
    def engine(self) -> str:
        """postgresql or sqlite."""
        return "sqlite" if self.url.startswith("sqlite") else "postgresql"

    @property
    def name(self) -> str:
        """What it is called, without user and password."""
        return Path(urlsplit(self.url).path).name

    def environment(self) -> dict[str, str]:
        """The environment of every process: nothing of this installation but how many workers it wants."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS) or name in KEPT}
        own = {
            "DATABASE_URL": self.url,
            "FILO_DATA_DIR": str(self.folder),
            "FILO_SECRET_KEY": self.secret,
            "FILO_SERVER_TIMING": "yes",
            "FILO_API_RATE": "100000000",
            "DJANGO_SETTINGS_MODULE": "filo.config.bench.settings",
        }
        workers = {"FILO_WORKERS": "2" if self.engine == "postgresql" else "1"}
        return workers | kept | own


def url_of(parties: int, *, sqlite: bool, database: str = "") -> str:
    """The address of the bench's database. Raises `WrongPlace` for a name that is not a bench's."""
    given = env.text("DATABASE_URL")
    name = database or f"{PREFIX}_{short(parties)}"
    if not name.startswith(PREFIX):
        raise WrongPlace(f"{name} may hold what is not ours; a bench's database is called {PREFIX}_…")
    if given.startswith("postgres") and not sqlite:
        return urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
    folder = Path(env.text("FILO_DATA_DIR") or "var").absolute() / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder / name}.sqlite3"


def short(number: int) -> str:
    """1m for 1,000,000 and 100k for 100,000."""
    for size, letter in ((1_000_000, "m"), (1_000, "k")):
        if number >= size and number % size == 0:
            return f"{number // size}{letter}"
    return str(number)


def make_database(url: str, *, fresh: bool) -> None:
    """Make the database where there is none; with `fresh` throw away what is there."""
    if url.startswith("sqlite"):
        if fresh:
            drop_database(url)
        return
    import psycopg

    name = urlsplit(url).path.lstrip("/")
    with psycopg.connect(_server(url), autocommit=True) as connection:
        if fresh:
            drop_database(url)
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(_naming("CREATE DATABASE {}", name))


def drop_database(url: str) -> None:
    """Throw the bench's database away."""
    if url.startswith("sqlite"):
        path = Path(urlsplit(url).path.removeprefix("/")).as_posix()
        for ending in ("", "-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        return
    import psycopg

    with psycopg.connect(_server(url), autocommit=True) as connection:
        connection.execute(_naming("DROP DATABASE IF EXISTS {} WITH (FORCE)", urlsplit(url).path.lstrip("/")))


def _server(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path="/postgres"))


def _naming(statement: LiteralString, name: str) -> Composed:
    from psycopg import sql

    return sql.SQL(statement).format(sql.Identifier(name))
