import django.db.models.deletion
import filo.foundation.ids
from django.db import migrations, models

from filo.foundation.tables.together import MakeTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0001_initial"),
        ("organisation", "0002_companylook"),
        ("parties", "0007_no_index_twice"),
    ]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="Coupon",
                    fields=[
                        ("customer_class", models.CharField(blank=True, max_length=40)),
                        ("valid_from", models.DateField(blank=True, null=True)),
                        ("valid_to", models.DateField(blank=True, null=True)),
                        ("active", models.BooleanField(default=True)),
                        ("priority", models.SmallIntegerField(default=0)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("code", models.CharField(max_length=40)),
                        ("code_folded", models.CharField(editable=False, max_length=40, unique=True)),
                        ("name", models.CharField(blank=True, max_length=120)),
                        ("percent", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                        ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                        ("min_total", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                        ("limit", models.PositiveIntegerField(blank=True, null=True)),
                        ("once_each", models.BooleanField(default=True)),
                        ("series", models.CharField(blank=True, max_length=60)),
                        ("used", models.PositiveIntegerField(default=0)),
                        ("created_at", models.DateTimeField()),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.area",
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.channel",
                            ),
                        ),
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
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="parties.party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "coupon",
                        "verbose_name_plural": "coupons",
                        "ordering": ["-created_at", "-id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from", None),
                                    ("valid_to", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="coupon_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount", None), ("percent__gt", 0), ("percent__lte", 100)),
                                    models.Q(("amount__gt", 0), ("percent", None)),
                                    _connector="OR",
                                ),
                                name="coupon_percent_or_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("limit", None), ("used__lte", models.F("limit")), _connector="OR"),
                                name="coupon_within_limit",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Discount",
                    fields=[
                        ("customer_class", models.CharField(blank=True, max_length=40)),
                        ("valid_from", models.DateField(blank=True, null=True)),
                        ("valid_to", models.DateField(blank=True, null=True)),
                        ("active", models.BooleanField(default=True)),
                        ("priority", models.SmallIntegerField(default=0)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("code", models.SlugField(max_length=60, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("percent", models.DecimalField(decimal_places=2, max_digits=5)),
                        ("category", models.CharField(blank=True, max_length=120)),
                        ("min_quantity", models.DecimalField(decimal_places=3, default=1, max_digits=14)),
                        ("min_total", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                        ("alone", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField()),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.area",
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.channel",
                            ),
                        ),
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
                            "line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisation.productline",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="parties.party",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="catalogue.product",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "discount",
                        "verbose_name_plural": "discounts",
                        "ordering": ["priority", "name", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from", None),
                                    ("valid_to", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="discount_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("percent__gt", 0), ("percent__lte", 100)),
                                name="discount_is_percent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DiscountCap",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("role", models.SlugField(max_length=60)),
                        ("percent", models.DecimalField(decimal_places=2, max_digits=5)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisation.productline",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["role", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("company", None), ("line", None)),
                                fields=("role",),
                                name="discount_cap_once_a_role",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("line", None)),
                                fields=("role", "company"),
                                name="discount_cap_once_a_company",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("company", None)),
                                fields=("role", "line"),
                                name="discount_cap_once_a_line",
                            ),
                            models.UniqueConstraint(fields=("role", "company", "line"), name="discount_cap_once"),
                            models.CheckConstraint(
                                condition=models.Q(("percent__gte", 0), ("percent__lte", 100)),
                                name="discount_cap_is_percent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExchangeRate",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        ("day", models.DateField()),
                        ("rate", models.DecimalField(decimal_places=6, max_digits=18)),
                        ("source", models.CharField(default="ECB", max_length=40)),
                    ],
                    options={
                        "ordering": ["currency", "-day"],
                        "constraints": [
                            models.UniqueConstraint(fields=("currency", "day"), name="exchange_rate_once"),
                            models.CheckConstraint(condition=models.Q(("rate__gt", 0)), name="exchange_rate_positive"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartyClass",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("word", models.CharField(max_length=40)),
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
                            "party",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="parties.party",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["word", "party"], name="party_class_word")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("company", None)), fields=("party",), name="party_class_once"
                            ),
                            models.UniqueConstraint(fields=("party", "company"), name="party_class_once_a_company"),
                            models.CheckConstraint(
                                condition=models.Q(("word", ""), _negated=True), name="party_class_says_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanFeature",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("name_en", models.CharField(blank=True, max_length=120)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("yes-no", "Yes or no"), ("number", "A number"), ("text", "Words")],
                                default="yes-no",
                                max_length=6,
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=20)),
                        ("values", models.JSONField(blank=True, default=dict)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "product",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="catalogue.product",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "id"],
                        "constraints": [models.UniqueConstraint(fields=("product", "name"), name="plan_feature_once")],
                    },
                ),
                migrations.CreateModel(
                    name="PriceList",
                    fields=[
                        ("customer_class", models.CharField(blank=True, max_length=40)),
                        ("valid_from", models.DateField(blank=True, null=True)),
                        ("valid_to", models.DateField(blank=True, null=True)),
                        ("active", models.BooleanField(default=True)),
                        ("priority", models.SmallIntegerField(default=0)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("code", models.SlugField(max_length=60, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                        ("gross", models.BooleanField(default=False)),
                        ("cascade", models.BooleanField(default=True)),
                        ("created_at", models.DateTimeField()),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.area",
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.channel",
                            ),
                        ),
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
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="parties.party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "price list",
                        "verbose_name_plural": "price lists",
                        "ordering": ["name", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from", None),
                                    ("valid_to", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="pricelist_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CouponUse",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("source_kind", models.CharField(max_length=20)),
                        ("source_id", models.UUIDField()),
                        ("at", models.DateTimeField()),
                        ("once", models.BooleanField(default=False)),
                        (
                            "coupon",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uses",
                                to="prices.coupon",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="parties.party",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["source_id"], name="coupon_use_of_source")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("coupon", "source_kind", "source_id"), name="coupon_use_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("once", True), ("party__isnull", False)),
                                fields=("coupon", "party"),
                                name="coupon_use_once_each",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PriceRule",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("category", models.CharField(blank=True, max_length=120)),
                        ("about", models.CharField(blank=True, editable=False, max_length=130)),
                        ("min_quantity", models.DecimalField(decimal_places=3, default=1, max_digits=14)),
                        (
                            "means",
                            models.CharField(
                                choices=[
                                    ("price", "This price"),
                                    ("percent", "A percentage off the base price"),
                                    ("markup", "A percentage on top of the cost"),
                                ],
                                default="price",
                                max_length=8,
                            ),
                        ),
                        ("value", models.DecimalField(decimal_places=4, max_digits=14)),
                        ("valid_from", models.DateField(blank=True, null=True)),
                        ("valid_to", models.DateField(blank=True, null=True)),
                        (
                            "line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisation.productline",
                            ),
                        ),
                        (
                            "list",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rules",
                                to="prices.pricelist",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="catalogue.product",
                            ),
                        ),
                        (
                            "variant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="catalogue.variant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "price rule",
                        "verbose_name_plural": "price rules",
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["list", "about", "min_quantity"], name="price_rule_found")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_from", None)),
                                fields=("list", "about", "min_quantity"),
                                name="price_rule_once",
                            ),
                            models.UniqueConstraint(
                                fields=("list", "about", "min_quantity", "valid_from"), name="price_rule_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("min_quantity__gt", 0)), name="price_rule_from_some"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("value__gte", 0)), name="price_rule_not_negative"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("means", "percent"), _negated=True), ("value__lte", 100), _connector="OR"
                                ),
                                name="price_rule_percent",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
