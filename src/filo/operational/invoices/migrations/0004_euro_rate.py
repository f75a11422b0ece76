from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("invoices", "0003_delivery_note"),
    ]

    operations = [
        migrations.AddField(
            model_name="invoice",
            name="euro_rate",
            field=models.DecimalField(decimal_places=6, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name="invoice",
            name="euro_rate_on",
            field=models.DateField(null=True),
        ),
    ]
