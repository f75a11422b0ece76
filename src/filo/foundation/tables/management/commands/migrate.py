"""Django's `migrate`, which makes the tables of an empty database all at once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import no_translations
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from filo.foundation.tables.whole import make_whole

OTHERWISE = ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune")


class Command(Migrate):
    """As Django's in all else."""

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Make the tables at once where nothing is and all is asked for; then go on as ever."""
        if not any(options.get(name) for name in OTHERWISE):
            executor = MigrationExecutor(connections[options["database"]])
            make_whole(executor, executor.loader.graph.leaf_nodes())
        super().handle(*args, **options)
