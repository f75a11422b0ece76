"""The tables of an empty database, all at once.

Each migration looks at all the models as they were before it and after it, which for two hundred tables and a hundred
migrations takes more than a minute. A database that holds nothing needs only what comes out in the end: the tables of
the last state, then what migrations do beside (`RunPython`), in their order. A step that only moves rows has none to
move: it is marked `elidable`, which is Django's word for just that, and left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython, RunSQL
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

Step = tuple[str, str]
NOTES = "django_migrations"  # where Django notes what is applied: made before, and empty until all else is there


def make_whole(executor: MigrationExecutor, steps: Sequence[Step]) -> bool:
    """Make the tables as they are after these steps, and note all that lead there as applied.

    All of it is one transaction: killed in the middle, it begins again. False, and nothing done, where the database
    holds a table already: there the migrations go one by one.
    """
    line, recorder = executor.connection, executor.recorder
    if recorder.applied_migrations() or set(line.introspection.table_names()) - {NOTES}:
        return False
    recorder.ensure_schema()
    way = [migration for migration, _back in executor.migration_plan(list(steps), clean_start=True)]
    _make(line, executor.loader.project_state(list(steps)), way, recorder)
    executor.loader.build_graph()
    return True


def _make(
    line: BaseDatabaseWrapper, state: ProjectState, way: Sequence[Migration], recorder: MigrationRecorder
) -> None:
    note = recorder.migration_qs
    with line.schema_editor() as editor:
        note.bulk_create([note.model(app=one.app_label, name=one.name) for one in way])
        for model in state.apps.get_models(include_auto_created=False):
            meta = model._meta
            if meta.can_migrate(line) and router.allow_migrate_model(line.alias, model):
                editor.create_model(model)
        for migration in way:
            for operation in migration.operations:
                if isinstance(operation, RunPython | RunSQL) and not operation.elidable:
                    operation.database_forwards(migration.app_label, editor, state, state)
