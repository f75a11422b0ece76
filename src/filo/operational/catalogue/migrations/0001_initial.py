import django.db.models.deletion
import django.db.models.functions.text
import filo.foundation.ids
import filo.foundation.ordered
from django.conf import settings
from django.db import migrations, models

from filo.foundation.tables.together import MakeTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("files", "0001_initial"),
        ("organisation", "0002_companylook"),
        ("parties", "0007_no_index_twice"),
    ]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="Catalogue",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("code", models.SlugField(max_length=60, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("description", models.TextField(blank=True)),
                        ("chosen_by", models.JSONField(blank=True, default=dict)),
                        ("everybody", models.BooleanField(default=False)),
                        ("for_whom", models.JSONField(blank=True, default=dict)),
                        ("valid_from", models.DateField(blank=True, null=True)),
                        ("valid_to", models.DateField(blank=True, null=True)),
                        ("key", models.UUIDField(default=filo.foundation.ids.uuid7)),
                        ("published", models.BooleanField(default=False)),
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
                        "verbose_name": "catalogue",
                        "verbose_name_plural": "catalogues",
                        "ordering": ["name", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from", None),
                                    ("valid_to", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="catalogue_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StockPlace",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("active", models.BooleanField(default=True)),
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
                        "verbose_name": "stock place",
                        "verbose_name_plural": "stock places",
                        "ordering": ["position", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="VatClass",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("code", models.SlugField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("rate", models.DecimalField(decimal_places=2, max_digits=5)),
                        ("nature", models.CharField(blank=True, max_length=4)),
                        ("law", models.CharField(blank=True, max_length=100)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("active", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "VAT class",
                        "verbose_name_plural": "VAT classes",
                        "ordering": ["position", "code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("rate__gte", 0), ("rate__lte", 100)), name="vat_rate_is_percent"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("rate", 0), models.Q(("nature", ""), _negated=True)),
                                    models.Q(("nature", ""), ("rate__gt", 0)),
                                    _connector="OR",
                                ),
                                name="vat_none_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CatalogueGuest",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "catalogue",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="guests",
                                to="catalogue.catalogue",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="parties.party"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("catalogue", "party"), name="catalogue_guest_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Product",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("code", models.CharField(max_length=60)),
                        ("name", models.CharField(max_length=200)),
                        ("description", models.TextField(blank=True)),
                        ("brand", models.CharField(blank=True, max_length=80)),
                        ("category", models.CharField(blank=True, max_length=120)),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("pc", "pieces"),
                                    ("pair", "pairs"),
                                    ("set", "sets"),
                                    ("m", "metres"),
                                    ("m2", "square metres"),
                                    ("kg", "kilograms"),
                                    ("l", "litres"),
                                    ("h", "hours"),
                                    ("day", "days"),
                                    ("month", "months"),
                                ],
                                default="pc",
                                max_length=8,
                            ),
                        ),
                        (
                            "condition",
                            models.CharField(
                                choices=[
                                    ("new", "New"),
                                    ("limited", "Limited edition"),
                                    ("second-hand", "Second-hand"),
                                ],
                                default="new",
                                max_length=12,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("draft", "Draft"), ("active", "On sale"), ("retired", "No longer sold")],
                                default="active",
                                max_length=8,
                            ),
                        ),
                        ("attributes", models.JSONField(blank=True, default=list)),
                        ("facts", models.JSONField(blank=True, default=dict)),
                        ("stocked", models.BooleanField(default=True)),
                        ("low_at", models.PositiveIntegerField(blank=True, null=True)),
                        ("reserved", models.BooleanField(default=False)),
                        ("visible_from", models.DateField(blank=True, null=True)),
                        ("visible_until", models.DateField(blank=True, null=True)),
                        ("folded", models.CharField(editable=False, max_length=260)),
                        ("created_at", models.DateTimeField()),
                        ("updated_at", models.DateTimeField()),
                        ("deleted_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "company",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
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
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.productline",
                            ),
                        ),
                        (
                            "vat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.vatclass"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "product",
                        "verbose_name_plural": "products",
                        "indexes": [
                            models.Index(fields=["folded", "id"], name="product_by_name"),
                            models.Index(fields=["-updated_at", "-id"], name="product_latest"),
                            models.Index(fields=["line", "folded", "id"], name="product_by_line"),
                            models.Index(fields=["category", "folded", "id"], name="product_by_category"),
                            models.Index(fields=["company", "folded", "id"], name="product_by_company"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("code"), name="product_code_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["draft", "active", "retired"])),
                                name="product_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("condition__in", ["new", "limited", "second-hand"])),
                                name="product_how_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("visible_from", None),
                                    ("visible_until", None),
                                    ("visible_until__gte", models.F("visible_from")),
                                    _connector="OR",
                                ),
                                name="product_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CatalogueItem",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("position", models.PositiveIntegerField(default=0)),
                        (
                            "catalogue",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="catalogue.catalogue",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.product"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("catalogue", "product"), name="catalogue_item_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProductRelation",
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
                                    ("accessory", "Accessory"),
                                    ("alternative", "Alternative"),
                                    ("better", "A step up"),
                                    ("successor", "Successor"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.product"
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="relations",
                                to="catalogue.product",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "position", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("product", "other", "kind"), name="product_relation_once"),
                            models.CheckConstraint(
                                condition=models.Q(("product", models.F("other")), _negated=True),
                                name="product_not_its_own",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProductText",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("language", models.CharField(choices=[("it", "Italian"), ("en", "English")], max_length=2)),
                        ("name", models.CharField(max_length=200)),
                        ("description", models.TextField(blank=True)),
                        (
                            "product",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="texts",
                                to="catalogue.product",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("product", "language"), name="product_text_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProductValue",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("name", models.CharField(max_length=40)),
                        ("value", models.CharField(max_length=120)),
                        ("said", models.CharField(max_length=120)),
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
                        "indexes": [models.Index(fields=["name", "value", "product"], name="product_value_sought")],
                        "constraints": [
                            models.UniqueConstraint(fields=("product", "name", "value"), name="product_value_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Variant",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("sku", models.CharField(max_length=60)),
                        ("sku_folded", models.CharField(editable=False, max_length=60, unique=True)),
                        ("barcode", models.CharField(blank=True, max_length=20)),
                        ("values", filo.foundation.ordered.OrderedValuesField(blank=True, default=dict)),
                        ("price", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                        ("cost", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                        ("weight", models.DecimalField(blank=True, decimal_places=3, max_digits=10, null=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("active", models.BooleanField(default=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="variants",
                                to="catalogue.product",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "variant",
                        "verbose_name_plural": "variants",
                        "ordering": ["position", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("barcode", ""), _negated=True),
                                fields=["barcode"],
                                name="variant_by_barcode",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("price", None), ("price__gte", 0), _connector="OR"),
                                name="variant_price_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("cost", None), ("cost__gte", 0), _connector="OR"),
                                name="variant_cost_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StockMove",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                        ("left", models.DecimalField(decimal_places=3, max_digits=14)),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("count", "Counting"),
                                    ("arrival", "Arrival"),
                                    ("shipped", "Shipment"),
                                    ("returned", "Return"),
                                    ("moved", "Move to another place"),
                                    ("import", "Import"),
                                    ("back-office", "Back office"),
                                    ("undo", "Undoing"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("source_kind", models.CharField(blank=True, max_length=30)),
                        ("source_id", models.UUIDField(blank=True, null=True)),
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
                            "place",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.stockplace",
                            ),
                        ),
                        (
                            "variant",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="catalogue.variant",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["variant", "-at"], name="stock_moves_of_variant"),
                            models.Index(fields=["-at", "-id"], name="stock_moves_latest"),
                            models.Index(fields=["source_kind", "source_id"], name="stock_moves_of_source"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Stock",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("on_hand", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                        ("reserved", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                        ("as_of", models.DateTimeField(blank=True, null=True)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.stockplace"
                            ),
                        ),
                        (
                            "variant",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stock",
                                to="catalogue.variant",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("variant", "place"), name="stock_once"),
                            models.CheckConstraint(condition=models.Q(("on_hand__gte", 0)), name="stock_not_negative"),
                            models.CheckConstraint(
                                condition=models.Q(("reserved__gte", 0), ("reserved__lte", models.F("on_hand"))),
                                name="stock_promised_is_there",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reservation",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                        ("source_kind", models.CharField(max_length=30)),
                        ("source_id", models.UUIDField()),
                        ("at", models.DateTimeField()),
                        (
                            "place",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.stockplace",
                            ),
                        ),
                        (
                            "variant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.variant"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("source_kind", "source_id", "variant", "place"), name="reservation_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="reservation_of_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProductImage",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=200)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="images",
                                to="catalogue.product",
                            ),
                        ),
                        (
                            "variant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="catalogue.variant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "id"],
                    },
                ),
            ]
        ),
    ]
