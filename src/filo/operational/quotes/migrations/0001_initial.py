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
        ("catalogue", "0001_initial"),
        ("deals", "0001_initial"),
        ("files", "0001_initial"),
        ("organisation", "0002_companylook"),
        ("parties", "0007_no_index_twice"),
    ]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="Quote",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(null=True)),
                        ("number", models.PositiveIntegerField(null=True)),
                        ("revision", models.PositiveSmallIntegerField(default=1)),
                        ("title", models.CharField(blank=True, max_length=200)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("waiting", "Waits for approval"),
                                    ("approved", "Approved"),
                                    ("sent", "Sent"),
                                    ("viewed", "Viewed"),
                                    ("accepted", "Accepted"),
                                    ("rejected", "Rejected"),
                                    ("expired", "Expired"),
                                    ("superseded", "Replaced"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("valid_until", models.DateField()),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                        ("gross", models.BooleanField(default=False)),
                        (
                            "language",
                            models.CharField(
                                choices=[("it", "Italian"), ("en", "English")], default="it", max_length=5
                            ),
                        ),
                        ("payment_terms", models.CharField(blank=True, max_length=300)),
                        ("delivery_terms", models.CharField(blank=True, max_length=300)),
                        ("notes", models.TextField(blank=True)),
                        ("internal_note", models.TextField(blank=True)),
                        ("net", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("vat", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("total", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("cost", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                        ("off", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=8)),
                        ("key", models.UUIDField(default=filo.foundation.ids.uuid7, editable=False, unique=True)),
                        ("sent_to", models.CharField(blank=True, max_length=320)),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("views", models.PositiveIntegerField(default=0)),
                        ("warned_at", models.DateTimeField(null=True)),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("reject_reason", models.CharField(blank=True, max_length=500)),
                        ("created_at", models.DateTimeField()),
                        ("deleted_at", models.DateTimeField(null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "accepted_document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                            ),
                        ),
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
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "deal",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="deals.deal",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                            ),
                        ),
                        (
                            "previous",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="quotes.quote",
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
                    ],
                    options={
                        "verbose_name": "quote",
                        "verbose_name_plural": "quotes",
                        "indexes": [
                            models.Index(fields=["-created_at", "-id"], name="quote_latest"),
                            models.Index(fields=["state", "valid_until", "id"], name="quote_by_state"),
                            models.Index(fields=["party", "-created_at", "-id"], name="quote_of_party"),
                            models.Index(fields=["owner", "-created_at", "-id"], name="quote_of_owner"),
                            models.Index(fields=["unit", "-created_at", "-id"], name="quote_of_unit"),
                            models.Index(fields=["-total", "-id"], name="quote_by_total"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("deleted_at", None)),
                                fields=("company", "year", "number", "revision"),
                                name="quote_number_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("deleted_at", None)),
                                fields=("previous",),
                                name="quote_one_version_after_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "waiting",
                                            "approved",
                                            "sent",
                                            "viewed",
                                            "accepted",
                                            "rejected",
                                            "expired",
                                            "superseded",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="quote_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "waiting", "approved")),
                                    models.Q(("number__isnull", False), ("sent_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="quote_numbered_when_sent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("number", None), ("year", None)),
                                    models.Q(("number__gt", 0), ("year__gt", 0)),
                                    _connector="OR",
                                ),
                                name="quote_year",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuoteLine",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("code", models.CharField(blank=True, max_length=60)),
                        ("description", models.CharField(max_length=1000)),
                        ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                        ("unit", models.CharField(blank=True, max_length=10)),
                        ("unit_price", models.DecimalField(decimal_places=6, max_digits=16)),
                        ("discounts", models.CharField(blank=True, max_length=60)),
                        ("off", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                        ("vat_rate", models.DecimalField(decimal_places=2, max_digits=5)),
                        ("nature", models.CharField(blank=True, max_length=4)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("cost", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                        ("reasons", models.JSONField(blank=True, default=list)),
                        ("heading", models.BooleanField(default=False)),
                        ("optional", models.BooleanField(default=False)),
                        ("chosen", models.BooleanField(default=False)),
                        ("price_by_hand", models.BooleanField(default=False)),
                        ("discounts_by_hand", models.BooleanField(default=False)),
                        ("usual", models.DecimalField(decimal_places=6, max_digits=16, null=True)),
                        (
                            "quote",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="quotes.quote",
                            ),
                        ),
                        (
                            "variant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.variant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "id"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["quote", "position"], name="quote_line_in_order")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("vat_rate__gte", 0), ("vat_rate__lte", 100)),
                                name="quoteline_rate_is_percent",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuoteQuestionAsked",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("text", models.TextField()),
                        (
                            "quote",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="quotes.quote"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="QuoteSignature",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("name", models.CharField(max_length=120)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("chosen", models.JSONField(default=list)),
                        ("total", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("ip", models.GenericIPAddressField(null=True)),
                        ("user_agent", models.CharField(blank=True, max_length=300)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        (
                            "drawn",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                            ),
                        ),
                        (
                            "quote",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="signature", to="quotes.quote"
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
                ),
                migrations.CreateModel(
                    name="QuoteView",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("first_at", models.DateTimeField()),
                        ("last_at", models.DateTimeField()),
                        ("times", models.PositiveIntegerField(default=1)),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="parties.party"
                            ),
                        ),
                        (
                            "quote",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seen_by",
                                to="quotes.quote",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["first_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("quote", "party"), name="quote_view_once"),
                            models.CheckConstraint(condition=models.Q(("times__gt", 0)), name="quote_view_some"),
                        ],
                    },
                ),
            ]
        ),
    ]
