"""An index over the words: full text with prefixes on SQLite, GIN over `tsvector` on PostgreSQL."""

from django.db import migrations


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE VIRTUAL TABLE search_fts USING fts5("
            "text, content='search_searchtext', content_rowid='id', prefix='2 3 4', tokenize='ascii')"
        )
    else:
        schema_editor.execute("CREATE INDEX search_words ON search_searchtext USING gin (to_tsvector('simple', text))")


def unmake(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute("DROP TABLE search_fts" if sqlite else "DROP INDEX search_words")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
