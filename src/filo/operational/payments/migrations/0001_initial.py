import django.db.models.deletion
import django.db.models.expressions
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
                    name="ReminderStep",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("after_days", models.PositiveSmallIntegerField(unique=True)),
                        ("subject_it", models.CharField(max_length=200)),
                        ("text_it", models.TextField()),
                        ("subject_en", models.CharField(max_length=200)),
                        ("text_en", models.TextField()),
                        ("active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ["after_days"],
                    },
                ),
                migrations.CreateModel(
                    name="BankFile",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("sha256", models.CharField(max_length=64)),
                        ("again", models.PositiveIntegerField(default=0)),
                        ("refused", models.JSONField(default=list)),
                        ("created_at", models.DateTimeField()),
                        (
                            "company",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.sellingcompany",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                    ],
                    options={
                        "ordering": ["-created_at", "-id"],
                        "constraints": [models.UniqueConstraint(fields=("company", "sha256"), name="bank_file_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Due",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("invoice", "Invoice"), ("order", "Order"), ("opening", "Opening balance")],
                                max_length=8,
                            ),
                        ),
                        ("source_id", models.UUIDField()),
                        ("position", models.PositiveSmallIntegerField(default=1)),
                        ("document", models.CharField(max_length=80)),
                        ("document_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("paid", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("credited", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                        ("settled_on", models.DateField(null=True)),
                        ("disputed_at", models.DateTimeField(null=True)),
                        ("dispute", models.CharField(blank=True, max_length=500)),
                        ("told_overdue_at", models.DateTimeField(null=True)),
                        ("key", models.UUIDField(default=filo.foundation.ids.uuid7, editable=False, unique=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField()),
                        (
                            "company",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.sellingcompany",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
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
                    ],
                    options={
                        "verbose_name": "due",
                        "verbose_name_plural": "dues",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("settled_on", None)),
                                fields=["due_on", "id"],
                                name="due_open_by_day",
                            ),
                            models.Index(fields=["party", "due_on", "id"], name="due_of_party"),
                            models.Index(
                                condition=models.Q(("settled_on", None)),
                                fields=["company", "currency", "amount"],
                                name="due_to_match",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "source_id", "position"), name="due_once"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["invoice", "order", "opening"])), name="due_kind_known"
                            ),
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="due_is_something"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "amount__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("paid"), "+", models.F("credited")
                                        ),
                                    ),
                                    ("credited__gte", 0),
                                    ("paid__gte", 0),
                                ),
                                name="due_never_paid_beyond_its_amount",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterestRate",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("since", models.DateField(unique=True)),
                        ("percent", models.DecimalField(decimal_places=2, max_digits=5)),
                        ("source", models.CharField(max_length=200)),
                    ],
                    options={
                        "ordering": ["since"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("percent__gte", 0)), name="interest_rate_not_below_zero"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProviderAccount",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("sandbox", models.BooleanField(default=False)),
                        ("base", models.CharField(blank=True, max_length=300)),
                        ("secret_key", models.TextField(blank=True)),
                        ("webhook_secret", models.TextField(blank=True)),
                        ("iban", models.CharField(blank=True, max_length=34)),
                        ("holder", models.CharField(blank=True, max_length=120)),
                        ("active", models.BooleanField(default=True)),
                        ("created_at", models.DateTimeField()),
                        (
                            "company",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisation.sellingcompany",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("company", "kind"), name="provider_once_for_a_company")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "direction",
                            models.CharField(choices=[("in", "In"), ("out", "Out")], default="in", max_length=3),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("bank", "Bank transfer"),
                                    ("card", "Card"),
                                    ("cash", "Cash"),
                                    ("cheque", "Cheque"),
                                    ("riba", "RiBa"),
                                    ("debit", "Direct debit"),
                                    ("other", "Other"),
                                ],
                                default="bank",
                                max_length=8,
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("shared", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("refunded", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                        ("paid_on", models.DateField()),
                        ("reference", models.CharField(blank=True, max_length=200)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "Begun"),
                                    ("succeeded", "Received"),
                                    ("failed", "Failed"),
                                    ("refunded", "Given back"),
                                ],
                                default="succeeded",
                                max_length=10,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("hand", "Written down"),
                                    ("bank", "Bank file"),
                                    ("provider", "Paid online"),
                                    ("api", "API"),
                                ],
                                default="hand",
                                max_length=8,
                            ),
                        ),
                        ("provider_ref", models.CharField(blank=True, max_length=120)),
                        ("provider_intent", models.CharField(blank=True, max_length=120)),
                        ("provider_at", models.DateTimeField(null=True)),
                        ("failure", models.CharField(blank=True, max_length=300)),
                        ("taken_back_at", models.DateTimeField(null=True)),
                        ("given_back_shares", models.JSONField(default=list)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField()),
                        (
                            "company",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.sellingcompany",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
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
                            "wants",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="payments.due",
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="payments.provideraccount",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "payment",
                        "verbose_name_plural": "payments",
                        "indexes": [
                            models.Index(fields=["-paid_on", "-id"], name="payment_latest"),
                            models.Index(fields=["party", "-paid_on", "-id"], name="payment_of_party"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("provider_ref", ""), _negated=True),
                                fields=("account", "provider_ref"),
                                name="payment_of_provider_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["pending", "succeeded", "failed", "refunded"])),
                                name="payment_state_known",
                            ),
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payment_is_something"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "amount__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("shared"), "+", models.F("refunded")
                                        ),
                                    ),
                                    ("refunded__gte", 0),
                                    ("shared__gte", 0),
                                ),
                                name="payment_never_spent_beyond_its_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("shared", 0),
                                    models.Q(("state__in", ("succeeded", "refunded")), ("taken_back_at", None)),
                                    _connector="OR",
                                ),
                                name="payment_pays_only_once_it_is_in",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("after_days", models.PositiveSmallIntegerField()),
                        ("to", models.CharField(max_length=320)),
                        ("subject", models.CharField(max_length=300)),
                        ("at", models.DateTimeField()),
                        (
                            "due",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="payments.due",
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
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("due", "after_days"), name="reminder_once_a_step")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SandboxSession",
                    fields=[
                        ("id", models.CharField(max_length=80, primary_key=True, serialize=False)),
                        ("key", models.CharField(max_length=120, unique=True)),
                        ("intent", models.CharField(max_length=80)),
                        ("reference", models.CharField(max_length=120)),
                        ("label", models.CharField(max_length=200)),
                        ("cents", models.BigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
                        ("success_url", models.CharField(max_length=500)),
                        ("cancel_url", models.CharField(max_length=500)),
                        ("outcome", models.CharField(blank=True, max_length=10)),
                        ("refunded_cents", models.BigIntegerField(default=0)),
                        ("created_at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="payments.provideraccount",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="BankLine",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        ("key", models.CharField(max_length=64)),
                        ("booked_on", models.DateField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                        ("text", models.CharField(blank=True, max_length=1000)),
                        ("counterparty", models.CharField(blank=True, max_length=200)),
                        ("iban", models.CharField(blank=True, max_length=34)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("matched", "Matched"),
                                    ("proposed", "Proposed"),
                                    ("unknown", "Unknown"),
                                    ("ignored", "Left aside"),
                                ],
                                default="unknown",
                                max_length=8,
                            ),
                        ),
                        ("probability", models.PositiveSmallIntegerField(default=0)),
                        ("reasons", models.JSONField(default=list)),
                        (
                            "company",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.sellingcompany",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="payments.bankfile",
                            ),
                        ),
                        (
                            "due",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="payments.due",
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="payments.payment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                        "indexes": [
                            models.Index(fields=["file", "position"], name="bank_line_in_order"),
                            models.Index(
                                condition=models.Q(("state", "matched")), fields=["iban"], name="bank_line_by_iban"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("company", "key"), name="bank_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "matched"), _negated=True),
                                    ("payment__isnull", False),
                                    _connector="OR",
                                ),
                                name="bank_line_matched",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaymentShare",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                        (
                            "due",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="payments.due"
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shares",
                                to="payments.payment",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("payment", "due"), name="payment_share_once"),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="payment_share_is_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProviderEvent",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("event_id", models.CharField(max_length=120)),
                        ("type", models.CharField(max_length=80)),
                        ("at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        ("raw", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("done", "Taken in"),
                                    ("late", "Came late, changed nothing"),
                                    ("unheard", "Of no concern"),
                                    ("waiting", "In quarantine"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="payments.provideraccount",
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="payments.payment",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["received_at"],
                                name="provider_event_waiting",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("account", "event_id"), name="provider_event_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Refund",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("reason", models.CharField(max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[("begun", "Begun"), ("done", "Done"), ("failed", "Failed")],
                                default="done",
                                max_length=6,
                            ),
                        ),
                        ("provider_ref", models.CharField(blank=True, max_length=120)),
                        ("failure", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField()),
                        (
                            "payment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="refunds",
                                to="payments.payment",
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
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="refund_is_something")
                        ],
                    },
                ),
            ]
        ),
    ]
