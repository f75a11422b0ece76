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
        ("files", "0001_initial"),
        ("organisation", "0002_companylook"),
        ("parties", "0007_no_index_twice"),
    ]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="CompanyFiscal",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("tax_code", models.CharField(blank=True, max_length=16)),
                        (
                            "regime",
                            models.CharField(
                                choices=[
                                    ("RF01", "Ordinary"),
                                    ("RF02", "Minimum taxpayers"),
                                    ("RF04", "Farming and fishing"),
                                    ("RF05", "Salt and tobacco"),
                                    ("RF06", "Matches"),
                                    ("RF07", "Publishing"),
                                    ("RF08", "Public telephony"),
                                    ("RF09", "Public transport documents"),
                                    ("RF10", "Entertainment and games"),
                                    ("RF11", "Travel agencies"),
                                    ("RF12", "Farm holidays"),
                                    ("RF13", "Door-to-door sales"),
                                    ("RF14", "Second-hand goods, art, antiques"),
                                    ("RF15", "Auctions of art and antiques"),
                                    ("RF16", "VAT by cash for public offices"),
                                    ("RF17", "VAT by cash (turnover under 2 million)"),
                                    ("RF18", "Other"),
                                    ("RF19", "Flat rate"),
                                    ("RF20", "Cross-border exemption of small firms"),
                                ],
                                default="RF01",
                                max_length=4,
                            ),
                        ),
                        ("rea_office", models.CharField(blank=True, max_length=2)),
                        ("rea_number", models.CharField(blank=True, max_length=20)),
                        ("capital", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        (
                            "alone",
                            models.CharField(
                                blank=True,
                                choices=[("", "Not said"), ("SU", "One member"), ("SM", "Several members")],
                                max_length=2,
                            ),
                        ),
                        ("winding_up", models.BooleanField(default=False)),
                        ("iban", models.CharField(blank=True, max_length=34)),
                        ("bank", models.CharField(blank=True, max_length=80)),
                        ("certified_mail", models.EmailField(blank=True, max_length=254)),
                        ("recipient", models.CharField(blank=True, max_length=7)),
                        ("sender_country", models.CharField(default="IT", max_length=2)),
                        ("sender", models.CharField(blank=True, max_length=28)),
                        ("series", models.CharField(blank=True, max_length=6)),
                        ("credit_series", models.CharField(blank=True, max_length=6)),
                        ("terms", models.CharField(blank=True, default="30 FM", max_length=40)),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("MP05", "Bank transfer"),
                                    ("MP01", "Cash"),
                                    ("MP02", "Cheque"),
                                    ("MP03", "Banker's draft"),
                                    ("MP08", "Payment card"),
                                    ("MP09", "RID"),
                                    ("MP12", "Bank receipt (RiBa)"),
                                    ("MP15", "Giro between special accounts"),
                                    ("MP16", "Direct debit at the bank"),
                                    ("MP18", "Post office slip"),
                                    ("MP19", "SEPA Direct Debit"),
                                    ("MP21", "SEPA Direct Debit B2B"),
                                    ("MP22", "Held back out of what was collected"),
                                    ("MP23", "PagoPA"),
                                ],
                                default="MP05",
                                max_length=4,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
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
                        "verbose_name": "fiscal data",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "regime__in",
                                        [
                                            "RF01",
                                            "RF02",
                                            "RF04",
                                            "RF05",
                                            "RF06",
                                            "RF07",
                                            "RF08",
                                            "RF09",
                                            "RF10",
                                            "RF11",
                                            "RF12",
                                            "RF13",
                                            "RF14",
                                            "RF15",
                                            "RF16",
                                            "RF17",
                                            "RF18",
                                            "RF19",
                                            "RF20",
                                        ],
                                    )
                                ),
                                name="fiscal_regime_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invoice",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "direction",
                            models.CharField(
                                choices=[("issued", "To customers"), ("received", "From suppliers")],
                                default="issued",
                                max_length=8,
                            ),
                        ),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("TD01", "Invoice"),
                                    ("TD02", "Advance on an invoice"),
                                    ("TD03", "Advance on a fee"),
                                    ("TD04", "Credit note"),
                                    ("TD05", "Debit note"),
                                    ("TD06", "Fee note"),
                                    ("TD07", "Simplified invoice"),
                                    ("TD08", "Simplified credit note"),
                                    ("TD09", "Simplified debit note"),
                                    ("TD16", "Reverse charge inside Italy, added by the buyer"),
                                    ("TD17", "Services bought abroad, added by the buyer"),
                                    ("TD18", "Goods bought in the Union, added by the buyer"),
                                    ("TD19", "Goods bought from abroad that are in Italy, added by the buyer"),
                                    ("TD20", "Invoice made by the buyer to mend another"),
                                    ("TD21", "Invoice for going over the ceiling"),
                                    ("TD22", "Goods taken out of a VAT warehouse"),
                                    ("TD23", "Goods taken out of a VAT warehouse, with VAT paid"),
                                    ("TD24", "Deferred invoice"),
                                    ("TD25", "Deferred invoice of a third party"),
                                    ("TD26", "Sale of assets, or inner passage"),
                                    ("TD27", "Own use, or given for nothing"),
                                    ("TD28", "Bought from San Marino, with VAT"),
                                    ("TD29", "Told about a missing or wrong invoice"),
                                ],
                                default="TD01",
                                max_length=4,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("issued", "Issued"),
                                    ("sent", "Sent"),
                                    ("delivered", "Delivered"),
                                    ("undelivered", "Not delivered"),
                                    ("rejected", "Rejected"),
                                    ("accepted", "Accepted"),
                                    ("refused", "Refused by the office"),
                                    ("lapsed", "Term run out"),
                                    ("received", "Received"),
                                    ("kept", "From another program"),
                                ],
                                default="draft",
                                max_length=11,
                            ),
                        ),
                        ("series", models.CharField(blank=True, max_length=6)),
                        ("year", models.PositiveSmallIntegerField(null=True)),
                        ("serial", models.PositiveIntegerField(null=True)),
                        ("number", models.CharField(blank=True, max_length=20)),
                        ("date", models.DateField(null=True)),
                        ("counterpart", models.CharField(blank=True, max_length=30)),
                        ("seller", models.JSONField(default=dict)),
                        ("buyer", models.JSONField(default=dict)),
                        ("language", models.CharField(default="it", max_length=5)),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                        ("gross", models.BooleanField(default=False)),
                        ("terms", models.CharField(blank=True, max_length=40)),
                        ("method", models.CharField(default="MP05", max_length=4)),
                        ("iban", models.CharField(blank=True, max_length=34)),
                        ("bank", models.CharField(blank=True, max_length=80)),
                        (
                            "vat_due",
                            models.CharField(
                                choices=[
                                    ("I", "At once"),
                                    ("D", "Deferred until it is paid"),
                                    ("S", "Split payment (public offices)"),
                                ],
                                default="I",
                                max_length=1,
                            ),
                        ),
                        (
                            "stamp_rule",
                            models.CharField(
                                blank=True,
                                choices=[("", "As law says"), ("yes", "Always"), ("no", "Never")],
                                max_length=3,
                            ),
                        ),
                        ("stamp_charged", models.BooleanField(default=False)),
                        ("held_kind", models.CharField(blank=True, max_length=4)),
                        ("held_rate", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=5)),
                        ("held_cause", models.CharField(blank=True, max_length=2)),
                        ("held_base", models.DecimalField(decimal_places=2, default=Decimal("100"), max_digits=5)),
                        ("fund_kind", models.CharField(blank=True, max_length=4)),
                        ("fund_rate", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=5)),
                        ("fund_vat_rate", models.DecimalField(decimal_places=2, default=Decimal("22"), max_digits=5)),
                        ("fund_nature", models.CharField(blank=True, max_length=4)),
                        ("fund_withheld", models.BooleanField(default=False)),
                        ("cause", models.TextField(blank=True)),
                        ("order_number", models.CharField(blank=True, max_length=20)),
                        ("order_date", models.DateField(blank=True, null=True)),
                        ("cig", models.CharField(blank=True, max_length=15)),
                        ("cup", models.CharField(blank=True, max_length=15)),
                        ("net", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("vat", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("total", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("stamp", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("fund", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("held", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("payable", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("paid", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("credited", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("due_on", models.DateField(null=True)),
                        ("source_kind", models.CharField(blank=True, max_length=20)),
                        ("source_id", models.UUIDField(null=True)),
                        ("issued_at", models.DateTimeField(null=True)),
                        ("rejected_at", models.DateTimeField(null=True)),
                        ("created_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "credits",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="credit_notes",
                                to="invoices.invoice",
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
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
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
                        "verbose_name": "invoice",
                        "verbose_name_plural": "invoices",
                        "indexes": [
                            models.Index(fields=["-created_at", "-id"], name="invoice_by_making"),
                            models.Index(fields=["-date", "-id"], name="invoice_by_date"),
                            models.Index(fields=["party", "-date"], name="invoice_of_party"),
                            models.Index(
                                condition=models.Q(("paid__lt", models.F("payable"))),
                                fields=["due_on", "id"],
                                name="invoice_owed",
                            ),
                            models.Index(
                                condition=models.Q(("source_id__isnull", False)),
                                fields=["source_id"],
                                name="invoice_of_source",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("company", "series", "year", "serial"), name="invoice_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("number", ""), ("serial", None), ("state", "draft")),
                                    models.Q(
                                        models.Q(("state", "draft"), _negated=True),
                                        models.Q(("number", ""), _negated=True),
                                        ("date__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="invoice_numbered_when_issued",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("direction", "received"), ("state", "received")),
                                    models.Q(("direction", "issued"), models.Q(("state", "received"), _negated=True)),
                                    _connector="OR",
                                ),
                                name="invoice_state_fits_direction",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceDue",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("day", models.DateField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("paid", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("method", models.CharField(default="MP05", max_length=4)),
                        ("iban", models.CharField(blank=True, max_length=34)),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="dues", to="invoices.invoice"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceFile",
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
                                    ("sent", "Sent"),
                                    ("invoice", "Invoice read in"),
                                    ("notification", "Notification"),
                                    ("double", "Known already"),
                                    ("quarantine", "Put aside"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("name", models.CharField(max_length=255)),
                        ("stem", models.CharField(blank=True, max_length=60)),
                        ("exchange_id", models.CharField(blank=True, max_length=40)),
                        ("code", models.CharField(blank=True, max_length=2)),
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", ""),
                                    ("folder", "Folder"),
                                    ("pec", "Certified mail"),
                                    ("hand", "By hand"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("signed_by", models.CharField(blank=True, max_length=200)),
                        ("said", models.CharField(blank=True, max_length=500)),
                        ("told", models.JSONField(default=dict)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "content",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="invoices.invoice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file of an invoice",
                        "ordering": ["at", "id"],
                        "indexes": [
                            models.Index(fields=["-at", "-id"], name="invoice_file_by_moment"),
                            models.Index(fields=["sha256"], name="invoice_file_by_content"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "sent")), fields=("stem",), name="invoice_file_sent_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceLine",
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
                        ("withheld", models.BooleanField(default=False)),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="invoices.invoice"
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("vat_rate__gte", 0), ("vat_rate__lte", 100)),
                                name="invoiceline_rate_is_percent",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceTax",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=filo.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("rate", models.DecimalField(decimal_places=2, max_digits=5)),
                        ("nature", models.CharField(blank=True, max_length=4)),
                        ("net", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("vat", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("due", models.CharField(blank=True, max_length=1)),
                        ("law", models.CharField(blank=True, max_length=100)),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="taxes", to="invoices.invoice"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-rate", "nature"],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="invoice",
            name="file",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="invoices.invoicefile"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("file__isnull", False)),
                fields=("direction", "company", "counterpart", "number", "date"),
                name="invoice_read_once",
            ),
        ),
    ]
