"""A new database gets its tables at once; an old one, migration by migration: both come out the same."""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from filo.testing.houses import House, house

ONE_BY_ONE = """
from django.core.management import call_command
from filo.foundation.tables.management.commands import migrate
migrate.make_whole = lambda executor, steps: False
call_command("migrate", verbosity=0, interactive=False)
"""
SHAPE = r"""
import json
import re
from django.db import connection
READ = {
    "sqlite": [
        "SELECT type, name, sql FROM sqlite_master WHERE sql <> '' ORDER BY 1, 2",
        "SELECT app, name, '' FROM django_migrations ORDER BY 1, 2",
    ],
    "postgresql": [
        "SELECT table_name, column_name, row_number() OVER (PARTITION BY table_name ORDER BY ordinal_position), "
        "data_type, is_nullable, column_default, collation_name, character_maximum_length FROM "
        "information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
        "SELECT 'statistics', stxname, stxkeys::text FROM pg_statistic_ext ORDER BY 2",
        "SELECT app, name, '' FROM django_migrations ORDER BY 1, 2",
    ],
}
found = {}
with connection.cursor() as cursor:
    for wanted in READ[connection.vendor]:
        cursor.execute(wanted)
        for kind, name, *rest in cursor.fetchall():
            if kind == "table":  # SQLite keeps the words it was made with: their order says nothing
                inner = rest[0].partition("(")[2].removesuffix(")")
                rest = sorted(re.split(r",\s(?![^(]*\))", inner))
            found[f"{kind} {name}"] = rest
print(json.dumps(found, default=str))
"""


def shape(house: House) -> dict[str, object]:
    """All that an engine tells of its tables."""
    found: dict[str, object] = json.loads(house.python(SHAPE))
    return found


@pytest.mark.slow
def test_all_at_once_comes_out_as_one_by_one(tmp_path: Path) -> None:
    given = os.environ.get("DATABASE_URL", "")
    server = urlunsplit(urlsplit(given)._replace(path="/postgres")) if given.startswith("postgres") else ""
    with house(tmp_path / "one", server) as one, house(tmp_path / "two", server) as two:
        one.python(ONE_BY_ONE)
        two.filo("migrate")
        step_by_step, at_once = shape(one), shape(two)
    assert len(at_once) > 500
    assert {name: (at_once.get(name), rest) for name, rest in step_by_step.items() if at_once.get(name) != rest} == {}
    assert at_once.keys() == step_by_step.keys()


DIES = """
from django.core.management import call_command
from django.db.migrations.operations import RunPython
def dies(*_args):
    raise KeyboardInterrupt
RunPython.database_forwards = dies
try:
    call_command("migrate", verbosity=0, interactive=False)
except KeyboardInterrupt:
    print("died")
"""


@pytest.mark.slow
def test_killed_while_it_makes_them_it_begins_again(tmp_path: Path) -> None:
    given = os.environ.get("DATABASE_URL", "")
    server = urlunsplit(urlsplit(given)._replace(path="/postgres")) if given.startswith("postgres") else ""
    with house(tmp_path / "one", server) as one:
        assert one.python(DIES).strip() == "died"
        if not server:  # nothing but the empty table of notes, with its key; PostgreSQL makes them in several parts
            assert len(shape(one)) < 10
        one.filo("migrate")
        assert len(shape(one)) > 500
