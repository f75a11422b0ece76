import django.db.models.deletion
import django.db.models.expressions
import filo.foundation.ids
from django.conf import settings
from django.db import migrations, models

from filo.foundation.tables.together import MakeTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organisation", "0002_companylook"),
    ]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="Connection",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("kind", models.CharField(max_length=20)),
                        ("given", models.JSONField(default=dict)),
                        ("sealed_secret", models.TextField(blank=True)),
                        ("active", models.BooleanField(default=True)),
                        ("every_minutes", models.PositiveIntegerField(default=15)),
                        ("next_at", models.DateTimeField()),
                        ("last_ok_at", models.DateTimeField(null=True)),
                        ("failures", models.PositiveIntegerField(default=0)),
                        ("failed_because", models.CharField(blank=True, max_length=300)),
                        ("created_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "company",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.sellingcompany",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "back office",
                        "verbose_name_plural": "back offices",
                        "ordering": ["name", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Exchange",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("subject", models.CharField(max_length=20)),
                        ("active", models.BooleanField(default=True)),
                        ("columns", models.JSONField(default=dict)),
                        ("owners", models.JSONField(default=dict)),
                        ("mark", models.CharField(blank=True, max_length=300)),
                        ("as_of", models.DateTimeField(null=True)),
                        ("busy_until", models.DateTimeField(null=True)),
                        ("busy_by", models.UUIDField(null=True)),
                        (
                            "connection",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="exchanges",
                                to="connectors.connection",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("connection", "subject"), name="exchange_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conflict",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("key", models.CharField(max_length=120)),
                        ("label", models.CharField(blank=True, max_length=200)),
                        ("field", models.CharField(max_length=40)),
                        ("before", models.TextField(blank=True)),
                        ("ours", models.TextField(blank=True)),
                        ("theirs", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "To be decided"),
                                    ("ours", "Filo’s value holds"),
                                    ("theirs", "The back office’s value holds"),
                                    ("gone", "Settled by itself"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
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
                            "exchange",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conflicts",
                                to="connectors.exchange",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("exchange", "key", "field"),
                                name="conflict_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Known",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("key", models.CharField(max_length=120)),
                        ("values", models.JSONField(default=dict)),
                        ("seen_at", models.DateTimeField()),
                        (
                            "exchange",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="connectors.exchange",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("exchange", "key"), name="known_once")],
                    },
                ),
                migrations.CreateModel(
                    name="RejectedRow",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("key", models.CharField(max_length=120)),
                        ("row", models.JSONField()),
                        ("because", models.CharField(max_length=300)),
                        ("source", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "exchange",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rejected",
                                to="connectors.exchange",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                        "indexes": [models.Index(fields=["exchange", "-at"], name="rejected_rows_of_exchange")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("exchange", "key"),
                                name="rejected_row_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SyncRun",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("schedule", "By the clock"),
                                    ("hand", "By hand"),
                                    ("webhook", "The back office called"),
                                ],
                                default="schedule",
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("running", "Running"), ("done", "Done"), ("failed", "Not finished")],
                                default="running",
                                max_length=8,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("rows_in", models.PositiveIntegerField(default=0)),
                        ("created", models.PositiveIntegerField(default=0)),
                        ("updated", models.PositiveIntegerField(default=0)),
                        ("unchanged", models.PositiveIntegerField(default=0)),
                        ("rejected", models.PositiveIntegerField(default=0)),
                        ("conflicts", models.PositiveIntegerField(default=0)),
                        ("rows_out", models.PositiveIntegerField(default=0)),
                        ("because", models.CharField(blank=True, max_length=300)),
                        (
                            "exchange",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="runs",
                                to="connectors.exchange",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-started_at", "-id"],
                        "indexes": [
                            models.Index(fields=["exchange", "-started_at", "-id"], name="sync_runs_of_exchange")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "rows_in",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("created"), "+", models.F("updated")
                                                ),
                                                "+",
                                                models.F("unchanged"),
                                            ),
                                            "+",
                                            models.F("rejected"),
                                        ),
                                    )
                                ),
                                name="sync_run_accounts_for_all",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
