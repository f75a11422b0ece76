# Files of every kind: what a file is, which sheet of it is read, where it comes from.

from django.db import migrations, models

KINDS = [
    ("organisations", "Organisations"),
    ("people", "People"),
    ("parties", "People and organisations"),
]


class Migration(migrations.Migration):
    dependencies = [("transfer", "0002_taken_back")]

    operations = [
        migrations.AlterField(
            model_name="importbatch", name="kind", field=models.CharField(choices=KINDS, max_length=20)
        ),
        migrations.AlterField(
            model_name="importmapping", name="kind", field=models.CharField(choices=KINDS, max_length=20)
        ),
        migrations.AddField(
            model_name="importbatch", name="format", field=models.CharField(default="text", max_length=20)
        ),
        migrations.AddField(
            model_name="importbatch",
            name="part",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(model_name="importbatch", name="parts", field=models.JSONField(default=list)),
        migrations.AddField(
            model_name="importbatch",
            name="origin",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="importbatch",
            name="origin_mapping",
            field=models.CharField(blank=True, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="importbatch",
            name="fingerprint",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="importmapping",
            name="fingerprint",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="importbatch",
            index=models.Index(fields=["fingerprint", "-id"], name="import_by_headers"),
        ),
        migrations.AddIndex(
            model_name="importmapping",
            index=models.Index(fields=["fingerprint", "-updated_at"], name="import_mapping_by_headers"),
        ),
    ]
