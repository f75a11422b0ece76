"""The tables of an empty database, all at once.

Each migration looks at all the models as they were before it and after it, which for two hundred tables and a hundred
migrations takes more than a minute. A database that holds nothing needs only what comes out in the end: the tables of
the last state, then what migrations do beside (`RunPython`), in their order. A step that only moves rows has none to
move: it is marked `elidable`, which is Django's word for just that, and left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython, RunSQL
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from django.db.models import Model

Step = tuple[str, str]
NOTES = "django_migrations"  # where Django notes what is applied: made before, and empty until all else is there
BEGUN = ("filo", "tables-begun")  # a note that stands there while PostgreSQL makes tables
# PostgreSQL holds a lock on everything that one transaction makes, and has room for some thousands of them.
AT_ONCE, STATEMENTS_AT_ONCE = 30, 150


def make_whole(executor: MigrationExecutor, steps: Sequence[Step]) -> bool:
    """Make the tables as they are after these steps, and note all that lead there as applied.

    Killed in the middle, it begins again: on SQLite all of it is one transaction; on PostgreSQL it is several, and a
    note tells that nobody has used the tables yet. False, and nothing done, where the database holds a table already:
    there the migrations go one by one.
    """
    line, recorder = executor.connection, executor.recorder
    tables = set(line.introspection.table_names()) - {NOTES}
    applied = set(recorder.applied_migrations())
    if applied == {BEGUN}:
        _drop(line, tables)
    elif applied or tables:
        return False
    recorder.ensure_schema()
    way = [migration for migration, _back in executor.migration_plan(list(steps), clean_start=True)]
    state = executor.loader.project_state(list(steps))
    if line.vendor == "postgresql":
        _make_in_parts(line, state, way, recorder)
    else:
        with line.schema_editor() as editor:
            _note(recorder, way)
            for model in _models(line, state):
                editor.create_model(model)
            _beside(editor, state, way)
    executor.loader.build_graph()
    return True


def _make_in_parts(
    line: BaseDatabaseWrapper, state: ProjectState, way: Sequence[Migration], recorder: MigrationRecorder
) -> None:
    recorder.migration_qs.get_or_create(app=BEGUN[0], name=BEGUN[1])
    later: list[Any] = []  # keys into tables that another part makes
    for models in _batched(_models(line, state), AT_ONCE):
        with line.schema_editor() as editor:
            for model in models:
                editor.create_model(model)
            later += editor.deferred_sql
            editor.deferred_sql.clear()
    for statements in _batched(later, STATEMENTS_AT_ONCE):
        with line.schema_editor() as editor:
            for statement in statements:
                editor.execute(statement, None)
    with line.schema_editor() as editor:
        recorder.migration_qs.filter(app=BEGUN[0], name=BEGUN[1]).delete()
        _note(recorder, way)
        _beside(editor, state, way)


def _models(line: BaseDatabaseWrapper, state: ProjectState) -> Iterator[type[Model]]:
    for model in state.apps.get_models(include_auto_created=False):
        if model._meta.can_migrate(line) and router.allow_migrate_model(line.alias, model):
            yield model


def _note(recorder: MigrationRecorder, way: Sequence[Migration]) -> None:
    note = recorder.migration_qs
    note.bulk_create([note.model(app=one.app_label, name=one.name) for one in way])


def _beside(editor: BaseDatabaseSchemaEditor, state: ProjectState, way: Sequence[Migration]) -> None:
    for migration in way:
        for operation in migration.operations:
            if isinstance(operation, RunPython | RunSQL) and not operation.elidable:
                operation.database_forwards(migration.app_label, editor, state, state)


def _drop(line: BaseDatabaseWrapper, tables: set[str]) -> None:
    """What a killed making left, table by table."""
    with line.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"DROP TABLE IF EXISTS {line.ops.quote_name(table)} CASCADE")


def _batched(found: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(found)
    while part := list(islice(rest, size)):
        yield part
