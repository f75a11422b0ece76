"""Bring the database up to date."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import io
import sys
from collections.abc import Iterator

from filo.config.startup import start_django

LOCK = 0x46494C4F  # "FILO": PostgreSQL's advisory lock while one process migrates


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(arguments: argparse.Namespace) -> int:
    """Apply what is missing; two starts at once do it one after the other."""
    start_django()
    with alone():
        bring_up_to_date()
    return 0


def bring_up_to_date() -> int:
    """Apply what is missing, and see to what it asks for; gives how many steps that were."""
    from django.core.management import call_command

    steps = missing()
    if steps:
        call_command("migrate", verbosity=1, interactive=False, skip_checks=True, stdout=Progress(steps))
    fill_search()
    guard_the_first_start()
    return steps


def fill_search() -> None:
    """Have the words of search made anew in the background, where a new version makes others."""
    from django.apps import apps
    from django.db import transaction

    if apps.is_installed("filo.foundation.search"):
        from filo.foundation.jobs.services import enqueue
        from filo.foundation.search.filling import incomplete

        with transaction.atomic():
            wanted = incomplete()
            if wanted:
                enqueue("search.fill", key=" ".join(f"{filler.kind} {filler.version}" for filler in wanted))


def guard_the_first_start() -> None:
    """Make the code that an empty workspace asks for; a site without accounts has no such door."""
    from django.apps import apps

    if apps.is_installed("filo.foundation.accounts"):
        from filo.foundation.accounts.first_start import start_code

        start_code()


def missing() -> int:
    """How many migrations are not applied yet."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Keep other migrations waiting: on this machine by a file, on PostgreSQL by a lock of the database."""
    from django.conf import settings
    from django.db import connection

    with (settings.DATA_DIR / "migrate.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            connection.close()  # which gives the advisory lock back


class Progress(io.StringIO):
    """Takes Django's report and shows one line that counts."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self._steps = steps
        self._done = 0

    def write(self, text: str) -> int:
        """Count a migration when Django says that it is applied."""
        if text.strip().endswith("OK"):
            self._done += 1
            end = "\n" if self._done >= self._steps else "\r" if sys.stderr.isatty() else ""
            if end:
                print(
                    f"filo: preparing the database, step {self._done} of {self._steps}",
                    end=end,
                    file=sys.stderr,
                )
        return len(text)
