"""New words go into PostgreSQL's index at once: a list of pending ones is read whole by every search."""

from django.db import migrations


def at_once(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER INDEX search_words SET (fastupdate = off)")
        schema_editor.execute("SELECT gin_clean_pending_list('search_words')")


def leave(apps, schema_editor):
    """Either way finds the same."""


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words")]
    operations = [migrations.RunPython(at_once, leave)]
