from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_index_by_relay"),
    ]

    operations = [
        migrations.AddField(model_name="outboxevent", name="request_id", field=models.UUIDField(null=True)),
    ]
