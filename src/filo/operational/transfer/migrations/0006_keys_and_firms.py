"""Keys that somebody chose, firms that people name, and by what each row was recognised."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("transfer", "0005_no_index_twice"),
    ]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="firms",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="keys",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="make_firms",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="importrow",
            name="recognised_by",
            field=models.CharField(blank=True, max_length=60),
        ),
    ]
