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
        ("organisation", "0002_companylook"),
        ("parties", "0007_no_index_twice"),
        ("quotes", "0001_initial"),
        ("service", "0005_time_to_person"),
    ]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="Carrier",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("name", models.CharField(max_length=80, unique=True)),
                        ("tracking", models.CharField(blank=True, max_length=300)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("active", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "carrier",
                        "verbose_name_plural": "carriers",
                        "ordering": ["position", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="Order",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(null=True)),
                        ("number", models.PositiveIntegerField(null=True)),
                        ("bill_to", models.JSONField(blank=True, default=list)),
                        ("ship_to", models.JSONField(blank=True, default=list)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("staff", "Colleague"),
                                    ("quote", "Quote"),
                                    ("phone", "Telephone"),
                                    ("shop", "Shop"),
                                    ("api", "Another program"),
                                ],
                                default="staff",
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("confirmed", "Confirmed"),
                                    ("prepared", "Prepared"),
                                    ("part", "Partly shipped"),
                                    ("shipped", "Shipped"),
                                    ("delivered", "Delivered"),
                                    ("returned", "Returned"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                        ("gross", models.BooleanField(default=False)),
                        (
                            "language",
                            models.CharField(
                                choices=[("it", "Italian"), ("en", "English")], default="it", max_length=5
                            ),
                        ),
                        ("coupons", models.JSONField(blank=True, default=list)),
                        ("payment_terms", models.CharField(blank=True, max_length=300)),
                        ("reference", models.CharField(blank=True, max_length=80)),
                        ("notes", models.TextField(blank=True)),
                        ("internal_note", models.TextField(blank=True)),
                        ("mail_to", models.CharField(blank=True, max_length=320)),
                        ("waits", models.BooleanField(default=False)),
                        ("promised_date", models.DateField(null=True)),
                        ("net", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("vat", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("total", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("cost", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        ("closed_reason", models.CharField(blank=True, max_length=300)),
                        ("key", models.UUIDField(default=filo.foundation.ids.uuid7, editable=False, unique=True)),
                        ("idempotency_key", models.CharField(max_length=200, null=True, unique=True)),
                        ("created_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "bill_party",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
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
                            "quoted_from",
                            models.OneToOneField(
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
                            "ship_party",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
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
                        "verbose_name": "order",
                        "verbose_name_plural": "orders",
                        "indexes": [
                            models.Index(fields=["-created_at", "-id"], name="order_latest"),
                            models.Index(fields=["state", "promised_date", "id"], name="order_by_state"),
                            models.Index(fields=["party", "-created_at", "-id"], name="order_of_party"),
                            models.Index(fields=["owner", "-created_at", "-id"], name="order_of_owner"),
                            models.Index(fields=["unit", "-created_at", "-id"], name="order_of_unit"),
                            models.Index(
                                condition=models.Q(("waits", True)), fields=["confirmed_at", "id"], name="order_waiting"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("company", "year", "number"), name="order_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "confirmed",
                                            "prepared",
                                            "part",
                                            "shipped",
                                            "delivered",
                                            "returned",
                                            "cancelled",
                                        ],
                                    )
                                ),
                                name="order_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("number", None), ("year", None)),
                                    models.Q(("number__gt", 0), ("year__gt", 0)),
                                    _connector="OR",
                                ),
                                name="order_number_and_year",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "cancelled")),
                                    models.Q(("confirmed_at__isnull", False), ("number__isnull", False)),
                                    _connector="OR",
                                ),
                                name="order_numbered_when_confirmed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderPromise",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("days", models.PositiveSmallIntegerField(default=3)),
                        (
                            "company",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisation.sellingcompany",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("days__lte", 250)), name="order_promise_within_a_year"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderLine",
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
                        ("shipped", models.DecimalField(decimal_places=3, default=Decimal("0"), max_digits=14)),
                        ("returned", models.DecimalField(decimal_places=3, default=Decimal("0"), max_digits=14)),
                        ("waiting", models.DecimalField(decimal_places=3, default=Decimal("0"), max_digits=14)),
                        ("by_hand", models.BooleanField(default=False)),
                        (
                            "order",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="orders.order",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.stockplace",
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
                        "indexes": [models.Index(fields=["order", "position"], name="order_line_in_order")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("vat_rate__gte", 0), ("vat_rate__lte", 100)),
                                name="orderline_rate_is_percent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="order_line_of_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quantity__gte", models.F("shipped")),
                                    ("returned__gte", 0),
                                    ("shipped__gte", models.F("returned")),
                                ),
                                name="order_line_no_more_than_ordered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("waiting__gte", 0)), name="order_line_waits_for_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderStep",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("before", models.CharField(blank=True, max_length=10)),
                        ("after", models.CharField(max_length=10)),
                        ("at", models.DateTimeField()),
                        ("actor_name", models.CharField(blank=True, max_length=200)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("data", models.JSONField(blank=True, default=dict)),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="orders.order",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "indexes": [models.Index(fields=["order", "at"], name="order_steps")],
                    },
                ),
                migrations.CreateModel(
                    name="OrderTicket",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "order",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="orders.order",
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="service.ticket"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("order", "ticket"), name="order_ticket_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Shipment",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("number", models.PositiveIntegerField()),
                        ("tracking", models.CharField(blank=True, max_length=80)),
                        ("parcels", models.PositiveSmallIntegerField(default=1)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("shipped_at", models.DateTimeField()),
                        ("expected", models.DateField(null=True)),
                        ("delivered_at", models.DateTimeField(null=True)),
                        ("idempotency_key", models.CharField(max_length=200, null=True, unique=True)),
                        (
                            "carrier",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.carrier",
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
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shipments",
                                to="orders.order",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "shipment",
                        "verbose_name_plural": "shipments",
                        "ordering": ["shipped_at", "id"],
                        "indexes": [
                            models.Index(fields=["order", "shipped_at"], name="shipments_of_order"),
                            models.Index(fields=["-shipped_at", "-id"], name="shipments_latest"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("company", "year", "number"), name="shipment_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShipmentEvent",
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
                                choices=[
                                    ("left", "Left the warehouse"),
                                    ("transit", "On the way"),
                                    ("out", "Out for delivery"),
                                    ("problem", "Held up"),
                                    ("delivered", "Delivered"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "shipment",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="orders.shipment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "indexes": [models.Index(fields=["shipment", "at"], name="shipment_events")],
                    },
                ),
                migrations.CreateModel(
                    name="ShipmentLine",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.orderline"
                            ),
                        ),
                        (
                            "shipment",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="orders.shipment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["line__position", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("shipment", "line"), name="shipment_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="shipment_line_of_something"
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
