"""Pairs of cards that may be one customer, and the keys by which they are found."""

import django.db.models.deletion
import filo.foundation.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0006_reach_of_person_by_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Looked",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("until", models.DateTimeField(null=True)),
                ("last", models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DoubleKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField()),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="parties.party"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["key", "party"], name="double_key")],
            },
        ),
        migrations.CreateModel(
            name="DoublePair",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("probability", models.FloatField()),
                ("reasons", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To be looked at"), ("two", "Two different customers")],
                        default="open",
                        max_length=4,
                    ),
                ),
                ("found_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="parties.party"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="parties.party"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "-probability", "-id"], name="double_pair_by_likeness")],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="double_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="double_pair_in_order"
                    ),
                ],
            },
        ),
    ]
