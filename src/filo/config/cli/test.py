"""Check the house rules, then run the tests on SQLite and, where a server is to be had, on PostgreSQL.

With arguments only pytest runs, with these arguments, on the database that DATABASE_URL names (or SQLite).
With CI=true a missing part (a browser, PostgreSQL, Redis, RabbitMQ) fails.
"""

from __future__ import annotations

import argparse
import getpass
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[4]
BIN = Path(sys.executable).parent
POSTGRES_AT = "127.0.0.1:5432"
RABBITMQ_AT = "amqp://guest:guest@127.0.0.1:5672/"
RULES: dict[str, tuple[str, ...]] = {
    "lint": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "layers": ("lint-imports", "--no-logo"),
    "types": ("mypy",),
    "templates": ("djlint", "src", "--lint", "--quiet"),
    "translations": ("python", "-m", "filo", "messages", "--check"),
    "migrations": ("python", "-m", "django", "makemigrations", "--check", "--dry-run", "--verbosity", "1"),
}

# Each process takes its tests in a row: what a file needs (a served site, the demo) is made once, not in both.
SIDE_BY_SIDE = ("-n", "2", "--dist", "worksteal")
# What does not depend on the engine runs once; single tests of this kind are marked `once`.
WHOLE = (
    *("browser", "test_live_page.py", "test_architecture.py", "test_docs.py", "test_templates.py"),
    *("test_bench.py", "test_faults.py", "test_supervisor.py", "test_upgrade_command.py", "test_process_roles.py"),
    *("test_demo_loading.py", "test_query_budgets.py", "test_translations.py", "test_bench_dedupe.py"),
    "test_visibility_matrix.py",
)
# These lock every table of a database in one transaction; a server has room for one such at a time by its defaults.
ALONE = ("test_backup_and_restore.py", "test_dump.py")
ONCE = (*(f"--ignore=tests/{name}" for name in (*WHOLE, *ALONE)), "-m", "not once")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything else is pytest's."""
    parser.usage = "./filo test [pytest arguments]"
    parser.set_defaults(passes_on=True)


def run(arguments: argparse.Namespace) -> int:
    """Run the house rules and the tests; 1 when something fails."""
    with tempfile.TemporaryDirectory(prefix="filo-test-") as data_dir:
        os.environ["FILO_DATA_DIR"] = data_dir  # a test never touches what this installation holds
        return call(("pytest", *arguments.rest), {}) if arguments.rest else run_everything()


def run_everything() -> int:
    """The house rules, then the tests on every engine that is to be had; 1 when something fails."""
    if address := rabbitmq():
        os.environ["FILO_TEST_RABBITMQ"] = address
    failed = [name for name, command in RULES.items() if step(name, command)]
    if step("tests on SQLite", ("pytest", *SIDE_BY_SIDE), DATABASE_URL=""):
        failed.append("tests on SQLite")
    address = postgresql()
    parts = {
        "tests on PostgreSQL": (*SIDE_BY_SIDE, *ONCE),
        "tests on PostgreSQL, one by one": (*(f"tests/{name}" for name in ALONE), "-m", "not once"),
    }
    for name, words in parts.items() if address else ():
        if step(name, ("pytest", *words), **on_postgresql(address)):
            failed.append(name)
    failed += skipped(address)
    say(f"failed: {', '.join(failed)}" if failed else "all good")
    return 1 if failed else 0


def step(name: str, command: tuple[str, ...], **environ: str) -> int:
    """Run one part of the suite and say how it went; gives its exit status."""
    say(f"{name}…")
    start = time.monotonic()
    status = call(command, environ)
    say(f"{name}: {'FAILED' if status else 'good'} ({time.monotonic() - start:.0f} s)")
    return status


def call(command: tuple[str, ...], environ: dict[str, str]) -> int:
    """Run a tool of this environment at the root of the project."""
    settings = {"DJANGO_SETTINGS_MODULE": "filo.config.settings", "PYTHONPATH": str(ROOT / "src")}
    words = [str(BIN / command[0]), *command[1:]]
    # What one process compiled the next ones read: the suite starts hundreds.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(words, cwd=ROOT, env=kept | settings | environ, check=False).returncode  # noqa: S603


def on_postgresql(address: str) -> dict[str, str]:
    """The settings of a run on this server, in databases of the suite's own."""
    own = urlunsplit(urlsplit(address)._replace(path="/filo"))
    return {"DATABASE_URL": own, "FILO_SECRET_KEY": "only-for-tests-on-postgresql-0123456789"}


def postgresql() -> str:
    """The address of a server that answers and lets us make databases; empty when there is none."""
    import psycopg

    given = os.environ.get("FILO_TEST_POSTGRES", "")
    guesses = [f"postgres://{name}@{POSTGRES_AT}/postgres" for name in ("postgres", getpass.getuser())]
    for address in [given] if given else guesses:
        try:
            with psycopg.connect(address, connect_timeout=3) as connection:
                row = connection.execute("SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user").fetchone()
        except psycopg.OperationalError:
            continue
        if row and row[0]:
            return address
    return ""


def rabbitmq() -> str:
    """The address of a RabbitMQ: the given one, or the usual one if something answers there; else empty."""
    if given := os.environ.get("FILO_TEST_RABBITMQ", ""):
        return given
    with socket.socket() as line:
        line.settimeout(1)
        return RABBITMQ_AT if line.connect_ex(("127.0.0.1", 5672)) == 0 else ""


def skipped(address: str) -> list[str]:
    """Say in one line what could not be tested and how to get it; what CI has to have counts as failed."""
    missing = []
    if not address:
        missing.append(("PostgreSQL", "apt install postgresql, then FILO_TEST_POSTGRES=postgres://user@host/postgres"))
    if not (os.environ.get("FILO_TEST_REDIS") or shutil.which("redis-server")):
        missing.append(("Redis", "apt install redis-server"))
    if not os.environ.get("FILO_TEST_RABBITMQ"):
        missing.append(("RabbitMQ", "apt install rabbitmq-server, then FILO_TEST_RABBITMQ=amqp://guest:guest@host/"))
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        missing.append(("a browser", "apt install chromium"))
    if missing:
        say("skipped for want of " + "; ".join(f"{what} ({how})" for what, how in missing))
    return [f"{what} is missing" for what, _how in missing] if os.environ.get("CI") == "true" else []


def say(line: str) -> None:
    """One line for the person."""
    print(f"filo test: {line}", flush=True)
