import django.db.models.deletion
import filo.foundation.ids
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from filo.foundation.tables.together import MakeTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organisation", "0002_companylook"),
        ("parties", "0007_no_index_twice"),
    ]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="LossReason",
                    fields=[
                        ("name_it", models.CharField(max_length=80)),
                        ("name_en", models.CharField(blank=True, max_length=80)),
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("active", models.BooleanField(default=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "reason of a loss",
                        "verbose_name_plural": "reasons of losses",
                        "ordering": ["position", "name_it"],
                        "constraints": [models.UniqueConstraint(fields=("name_it",), name="loss_reason_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Pipeline",
                    fields=[
                        ("name_it", models.CharField(max_length=80)),
                        ("name_en", models.CharField(blank=True, max_length=80)),
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("code", models.SlugField(max_length=60, unique=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("archived", models.BooleanField(default=False)),
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
                        (
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.productline",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pipeline",
                        "verbose_name_plural": "pipelines",
                        "ordering": ["position", "name_it"],
                    },
                ),
                migrations.CreateModel(
                    name="ReferralCode",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="parties.party"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "referral code",
                        "verbose_name_plural": "referral codes",
                        "ordering": ["made_at"],
                    },
                ),
                migrations.CreateModel(
                    name="AssignmentRule",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("active", models.BooleanField(default=True)),
                        ("provinces", models.CharField(blank=True, max_length=300)),
                        ("language", models.CharField(blank=True, max_length=5)),
                        ("min_score", models.SmallIntegerField(blank=True, null=True)),
                        (
                            "way",
                            models.CharField(
                                choices=[("turns", "in turn"), ("load", "whoever has fewest open deals")],
                                default="turns",
                                max_length=6,
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisation.area",
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisation.channel",
                            ),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisation.sellingcompany",
                            ),
                        ),
                        (
                            "last_person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisation.productline",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="organisation.unit",
                            ),
                        ),
                        (
                            "pipeline",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="deals.pipeline",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "assignment rule",
                        "verbose_name_plural": "assignment rules",
                        "ordering": ["position", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("way__in", ("turns", "load"))), name="assignment_way_known"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PipelineStage",
                    fields=[
                        ("name_it", models.CharField(max_length=80)),
                        ("name_en", models.CharField(blank=True, max_length=80)),
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("code", models.SlugField(max_length=60)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")],
                                default="open",
                                max_length=4,
                            ),
                        ),
                        ("probability", models.PositiveSmallIntegerField(default=0)),
                        ("stale_after", models.PositiveSmallIntegerField(default=0)),
                        ("required", models.JSONField(blank=True, default=list)),
                        ("next_codes", models.JSONField(blank=True, default=list)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "pipeline",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stages",
                                to="deals.pipeline",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "stage",
                        "verbose_name_plural": "stages",
                        "ordering": ["pipeline", "position", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("pipeline", "code"), name="deal_stage_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("kind__in", ("won", "lost"))),
                                fields=("pipeline", "kind"),
                                name="deal_stage_one_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ("open", "won", "lost"))), name="deal_stage_kind_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("probability__lte", 100)), name="deal_stage_probability"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "won"), _negated=True), ("probability", 100), _connector="OR"
                                ),
                                name="deal_stage_won_is_certain",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "lost"), _negated=True), ("probability", 0), _connector="OR"
                                ),
                                name="deal_stage_lost_is_nothing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScoreRule",
                    fields=[
                        ("name_it", models.CharField(max_length=80)),
                        ("name_en", models.CharField(blank=True, max_length=80)),
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[("fit", "What it is"), ("behaviour", "What happens")],
                                default="fit",
                                max_length=10,
                            ),
                        ),
                        ("field", models.CharField(max_length=60)),
                        ("operator", models.CharField(default="is", max_length=10)),
                        ("value", models.CharField(blank=True, max_length=200)),
                        ("points", models.SmallIntegerField()),
                        ("within_days", models.PositiveSmallIntegerField(default=90)),
                        ("half_life", models.PositiveSmallIntegerField(default=30)),
                        ("most", models.PositiveSmallIntegerField(default=30)),
                        ("active", models.BooleanField(default=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "pipeline",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="deals.pipeline",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "scoring rule",
                        "verbose_name_plural": "scoring rules",
                        "ordering": ["position", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("way__in", ("fit", "behaviour"))), name="score_rule_way_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("half_life__gt", 0)), name="score_rule_half_life"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deal",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")],
                                default="open",
                                max_length=4,
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                        ("probability", models.PositiveSmallIntegerField(null=True)),
                        ("chance", models.PositiveSmallIntegerField(default=0)),
                        ("close_date", models.DateField(null=True)),
                        ("source", models.CharField(blank=True, max_length=80)),
                        ("referral_code", models.CharField(blank=True, max_length=20)),
                        ("description", models.TextField(blank=True)),
                        ("loss_note", models.CharField(blank=True, max_length=500)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("closed_on", models.DateField(null=True)),
                        ("stage_since", models.DateTimeField()),
                        ("last_activity_at", models.DateTimeField()),
                        ("stale_at", models.DateTimeField(null=True)),
                        ("stale_told", models.BooleanField(default=False)),
                        ("next_step", models.CharField(blank=True, max_length=200)),
                        ("next_on", models.DateField(null=True)),
                        ("score", models.SmallIntegerField(default=0)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField()),
                        ("deleted_at", models.DateTimeField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="organisation.area",
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="organisation.channel",
                            ),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.sellingcompany",
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="parties.party",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="parties.party"
                            ),
                        ),
                        (
                            "product_line",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="organisation.productline",
                            ),
                        ),
                        (
                            "referred_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="parties.party",
                            ),
                        ),
                        (
                            "relationship",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="parties.relationship",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="organisation.unit",
                            ),
                        ),
                        (
                            "loss_reason",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="deals.lossreason",
                            ),
                        ),
                        (
                            "pipeline",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="deals.pipeline",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="deals.pipelinestage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "deal",
                        "verbose_name_plural": "deals",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("deleted_at", None), ("state", "open")),
                                fields=["stage", "close_date", "id"],
                                name="deal_on_board",
                            ),
                            models.Index(
                                condition=models.Q(("deleted_at", None), ("state", "open")),
                                fields=["owner", "stage"],
                                name="deal_of_owner",
                            ),
                            models.Index(fields=["owner", "-created_at", "-id"], name="deal_by_owner"),
                            models.Index(fields=["-created_at", "-id"], name="deal_by_opening"),
                            models.Index(fields=["close_date", "id"], name="deal_by_day"),
                            models.Index(fields=["-amount", "-id"], name="deal_by_amount"),
                            models.Index(
                                condition=models.Q(("closed_at__isnull", False)),
                                fields=["pipeline", "closed_at"],
                                name="deal_closed",
                            ),
                            models.Index(
                                condition=models.Q(("stale_at__isnull", False)), fields=["stale_at"], name="deal_stale"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("open", "won", "lost"))), name="deal_state_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="deal_amount_not_negative"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("chance__lte", 100)), name="deal_chance_in_percent"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("closed_on", None), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("closed_at__isnull", False),
                                        ("closed_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="deal_closed_when_decided",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "lost"), ("loss_reason__isnull", False)),
                                    models.Q(models.Q(("state", "lost"), _negated=True), ("loss_reason", None)),
                                    _connector="OR",
                                ),
                                name="deal_lost_with_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DealSum",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")], max_length=4
                            ),
                        ),
                        ("month", models.DateField(null=True)),
                        ("currency", models.CharField(max_length=3)),
                        ("number", models.IntegerField()),
                        ("cents", models.BigIntegerField()),
                        ("weighted", models.BigIntegerField()),
                        (
                            "company",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.sellingcompany",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="organisation.unit",
                            ),
                        ),
                        (
                            "pipeline",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="deals.pipeline",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="deals.pipelinestage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sum of deals",
                        "verbose_name_plural": "sums of deals",
                        "indexes": [
                            models.Index(fields=["pipeline", "state", "month"], name="deal_sum_by_month"),
                            models.Index(fields=["owner", "month"], name="deal_sum_of_owner"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AssignmentRulePerson",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "rule",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="people",
                                to="deals.assignmentrule",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("rule", "user"), name="assignment_person_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DealStageChange",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("seconds", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField()),
                        ("actor_name", models.CharField(blank=True, max_length=160)),
                        (
                            "actor",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "deal",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stage_changes",
                                to="deals.deal",
                            ),
                        ),
                        (
                            "pipeline",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="deals.pipeline",
                            ),
                        ),
                        (
                            "from_stage",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="deals.pipelinestage",
                            ),
                        ),
                        (
                            "to_stage",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="deals.pipelinestage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "indexes": [
                            models.Index(fields=["deal", "at"], name="deal_step_of_deal"),
                            models.Index(fields=["pipeline", "at"], name="deal_step_by_time"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DealAssignment",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("rule_name", models.CharField(max_length=120)),
                        ("facts", models.JSONField(default=dict)),
                        ("at", models.DateTimeField()),
                        (
                            "deal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="deals.deal"
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="deals.assignmentrule",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="organisation.unit",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                        "indexes": [models.Index(fields=["-at", "-id"], name="deal_assignment_latest")],
                    },
                ),
            ]
        ),
    ]
