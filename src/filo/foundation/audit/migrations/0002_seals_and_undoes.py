"""Entries may be sealed in batches, and may say which operation they took back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AddField("auditentry", "undoes", models.UUIDField(null=True)),
        migrations.AddField("auditentry", "seal", models.PositiveIntegerField(null=True)),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("first", models.UUIDField()),
                ("last", models.UUIDField()),
                ("count", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="AuditCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("seals", models.PositiveIntegerField()),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("entries", models.PositiveIntegerField()),
                ("flaw", models.CharField(blank=True, max_length=12)),
                ("entry", models.UUIDField(null=True)),
            ],
            options={"ordering": ["-at", "-id"]},
        ),
        migrations.AddIndex("auditentry", models.Index(fields=["seal", "id"], name="audit_by_seal")),
        migrations.AddIndex("auditentry", models.Index(fields=["at", "id"], name="audit_by_time")),
        migrations.AddIndex(
            "auditentry",
            models.Index(condition=models.Q(("undoes__isnull", False)), fields=["undoes"], name="audit_taken_back"),
        ),
    ]
