from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("invoices", "0005_read_once_by_kind"),
    ]

    operations = [
        migrations.AddField(
            model_name="invoice",
            name="deliveries",
            field=models.JSONField(default=list),
        ),
    ]
