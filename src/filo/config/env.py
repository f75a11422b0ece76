"""The environment, read in one place: a wrong value stops the start with one line that names it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar
from urllib.parse import unquote, urlsplit

T = TypeVar("T")


class WrongSetting(SystemExit):
    """Ends the start with a line that names the variable (exit status 2)."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"filo: {name} {why}")
        self.line = f"filo: {name} {why}"


def text(name: str, default: str = "") -> str:
    """The value of `name`, or of the file that `name`_FILE points to, or the default."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            _stop(f"{name}_FILE", f"points to {path}, which cannot be read ({error.strerror})")
    return os.environ.get(name, "").strip() or default


def parsed(name: str, default: T, read: Callable[[str], T], expected: str, *, secret: bool = False) -> T:
    """The value of `name` as `read` understands it; stops the start when it does not (a secret is not repeated)."""
    raw = text(name)
    if not raw:
        return default
    try:
        return read(raw)
    except (ValueError, KeyError):
        _stop(name, f"{'is not understood' if secret else f'is {raw!r}'}, expected {expected}")


def names(name: str) -> list[str]:
    """A list separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def flag(name: str, *, default: bool = False) -> bool:
    """Yes or no."""
    return parsed(name, default, {"1": True, "yes": True, "0": False, "no": False}.__getitem__, "yes or no")


def service(raw: str) -> str:
    """The address of somebody else's service, or nothing for `off`. Raises ValueError."""
    if raw == "off":
        return ""
    if urlsplit(raw).scheme not in ("http", "https") or not urlsplit(raw).hostname:
        raise ValueError
    return raw.rstrip("/")


def _stop(name: str, why: str) -> NoReturn:
    raise WrongSetting(name, why)


@dataclass(frozen=True)
class Database:
    """Where the rows are; `embedded` when it is the SQLite file of the data directory."""

    engine: str
    settings: dict[str, object]
    embedded: bool

    @property
    def is_sqlite(self) -> bool:
        return self.engine == "sqlite"


def database(data_dir: Path) -> Database:
    """DATABASE_URL as Django wants it (sqlite:///path or postgres://user:password@host:port/name)."""
    url = text("DATABASE_URL")
    if not url:
        return Database("sqlite", _sqlite(data_dir / "filo.sqlite3"), embedded=True)
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return Database("sqlite", _sqlite(Path(unquote(parts.path.removeprefix("/")))), embedded=False)
    if parts.scheme in ("postgres", "postgresql") and parts.path.strip("/"):
        return Database("postgresql", _postgresql(url), embedded=False)
    _stop("DATABASE_URL", "is not understood, expected sqlite:///path or postgres://user:password@host/name")


def _sqlite(path: Path) -> dict[str, object]:
    pragmas = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=30000;PRAGMA cache_size=-16000"
    return {
        "ENGINE": "filo.config.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": pragmas},
        "TEST": {"NAME": str(path.with_name("test.sqlite3"))},  # a file: tests of workers open it from other processes
    }


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"application_name": "filo", "options": PLANNER, **BOUND, **options},
    }


def listening(text: str) -> tuple[str, int]:
    """A host and a port to listen on ("127.0.0.1:2525", "[::1]:2525"); raises ValueError for anything else."""
    host, colon, port = text.rpartition(":")
    if not colon or not host or not 0 <= int(port) <= 65535:
        raise ValueError
    return host.strip("[]"), int(port)


def broker(url: str) -> str:
    """The address of RabbitMQ or Redis; raises ValueError for anything else."""
    parts = urlsplit(url)
    if parts.scheme not in ("amqp", "amqps", "redis", "rediss") or not parts.hostname:
        raise ValueError
    return url


# Pages ask short questions: compiling them takes longer than answering, and today's disks seek at no cost.
# What is asked again and again is planned once for each connection.
BOUND: dict[str, object] = {"server_side_binding": True, "prepare_threshold": 5}
PLANNER = "-c jit=off -c random_page_cost=1.1"


def data_dir(root: Path) -> Path:
    """FILO_DATA_DIR, made if it is missing and kept from other people's eyes."""
    path = Path(text("FILO_DATA_DIR") or root / "var").absolute()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        _stop("FILO_DATA_DIR", f"is {path}, which cannot be made ({error.strerror})")
    return path


def secret_key(data: Path, *, embedded: bool) -> str:
    """FILO_SECRET_KEY, or one generated once into the data directory of an embedded installation."""
    given = text("FILO_SECRET_KEY")
    if given:
        if len(given) < 32:
            _stop("FILO_SECRET_KEY", "is too short, expected at least 32 characters")
        return given
    if not embedded:
        _stop("FILO_SECRET_KEY", "is required when DATABASE_URL is set")
    path = data / "secret-key"
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii").strip()
