from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("invoices", "0004_euro_rate"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="invoice", name="invoice_read_once"),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(file__isnull=False),
                fields=("direction", "company", "counterpart", "number", "date", "type"),
                name="invoice_read_once",
            ),
        ),
    ]
