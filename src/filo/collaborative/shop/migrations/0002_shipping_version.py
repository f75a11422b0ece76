"""Ways of shipping count their changes, so that two who write at one do not overwrite each other."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AddField("shippingway", "version", models.PositiveIntegerField(default=1, db_default=1)),
    ]
