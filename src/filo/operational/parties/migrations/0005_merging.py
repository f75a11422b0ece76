"""Two cards become one, and which rows that moved."""

from __future__ import annotations

import django.db.models.deletion
import filo.foundation.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0004_change_of_many"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("journal", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("actor_name", models.CharField(max_length=160)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MergedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("model", models.CharField(max_length=60)),
                ("column", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=40)),
                ("was", models.UUIDField()),
            ],
        ),
        migrations.AddField(
            model_name="party",
            name="merged_into",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="parties.party",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)), fields=["merged_into"], name="party_merged"
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", None), ("deleted_at__isnull", False), _connector="OR"),
                name="party_merged_is_not_there",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="absorbed",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="parties.party"),
        ),
        migrations.AddField(
            model_name="merge",
            name="actor",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="kept",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="parties.party"),
        ),
        migrations.AddField(
            model_name="mergedrow",
            name="merge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="parties.merge"
            ),
        ),
        migrations.AddIndex(
            model_name="merge",
            index=models.Index(fields=["kept", "-at"], name="merge_of_kept"),
        ),
        migrations.AddIndex(
            model_name="merge",
            index=models.Index(fields=["-at"], name="merge_by_time"),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("absorbed",), name="merge_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept", models.F("absorbed")), _negated=True), name="merge_of_two"
            ),
        ),
    ]
