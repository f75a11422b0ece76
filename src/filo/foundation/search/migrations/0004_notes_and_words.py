"""What was written becomes findable, and words in spite of typing errors: new tables, so that nobody waits."""

from django.db import migrations, models

NEW = (("search_searchnote", "search_notes_fts", "text"), ("search_searchword", "search_keys", "keys"))


def make(apps, schema_editor):
    for table, fts, column in NEW:
        if schema_editor.connection.vendor == "sqlite":
            prefixes = ", prefix='3 4 5'" if column == "text" else ""
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE {fts} USING fts5("
                f"{column}, content='{table}', content_rowid='id'{prefixes}, tokenize='ascii')"
            )
        else:
            schema_editor.execute(
                f"CREATE INDEX {fts} ON {table} USING gin (to_tsvector('simple', {column})) WITH (fastupdate = off)"
            )


def unmake(apps, schema_editor):
    for _table, fts, _column in NEW:
        sqlite = schema_editor.connection.vendor == "sqlite"
        schema_editor.execute(f"DROP TABLE {fts}" if sqlite else f"DROP INDEX {fts}")


class Migration(migrations.Migration):
    dependencies = [("search", "0003_no_pending_words")]
    operations = [
        migrations.CreateModel(
            name="SearchFill",
            fields=[
                ("kind", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField()),
                ("position", models.UUIDField(null=True)),
                ("complete", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="SearchNote",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.UUIDField()),
                ("text", models.TextField()),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("kind", "object_id"), name="search_note_once")]},
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("word", models.CharField(db_index=True, max_length=30)),
                ("keys", models.TextField()),
            ],
        ),
        migrations.RunPython(make, unmake),
    ]
