# The way back from an import, and where its time went.

from django.db import migrations, models

STATES = [
    ("draft", "Being prepared"),
    ("ready", "Waiting"),
    ("running", "Running"),
    ("done", "Done"),
    ("cancelled", "Cancelled"),
    ("failed", "Failed"),
    ("back", "Being taken back"),
    ("undone", "Undone"),
    ("again", "Coming in again"),
]


class Migration(migrations.Migration):
    dependencies = [("transfer", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="importbatch", name="import_state_known"),
        migrations.AlterField(
            model_name="importbatch",
            name="state",
            field=models.CharField(choices=STATES, default="draft", max_length=10),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", [code for code, _label in STATES])), name="import_state_known"
            ),
        ),
        migrations.AddField(model_name="importbatch", name="times", field=models.JSONField(default=dict)),
        migrations.AddField(model_name="importbatch", name="acts", field=models.JSONField(default=list)),
        migrations.AddField(
            model_name="importbatch", name="turned_to", field=models.PositiveBigIntegerField(null=True)
        ),
        migrations.AddField(model_name="importbatch", name="turned", field=models.PositiveBigIntegerField(default=0)),
        migrations.AddField(model_name="importbatch", name="left", field=models.PositiveBigIntegerField(default=0)),
        migrations.AddField(model_name="importbatch", name="turned_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="importrow", name="left", field=models.CharField(blank=True, max_length=300)),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                condition=models.Q(("left", ""), _negated=True), fields=["batch", "number"], name="import_row_left"
            ),
        ),
    ]
