"""One's own customers in the order of their names: an agent's search and list read a range of it."""

from django.db import migrations, models

INDEX = models.Index(fields=["person", "sort_name", "party"], name="reach_of_person_by_name")


def make(apps, schema_editor):
    """On PostgreSQL while people write, but where a copy is laid in one transaction; begun again after a failure it
    first takes away what is no use.
    """
    reach, connection = apps.get_model("parties", "Reach"), schema_editor.connection
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        schema_editor.execute("DROP INDEX CONCURRENTLY IF EXISTS reach_of_person_by_name")
        schema_editor.execute(INDEX.create_sql(reach, schema_editor, concurrently=True))
    else:
        schema_editor.add_index(reach, INDEX)


def unmake(apps, schema_editor):
    schema_editor.execute("DROP INDEX IF EXISTS reach_of_person_by_name")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("parties", "0005_merging")]
    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(make, unmake)],
            [migrations.AddIndex(model_name="reach", index=INDEX)],
        )
    ]
