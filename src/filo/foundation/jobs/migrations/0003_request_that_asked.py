from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0002_lanes_and_relay"),
    ]

    operations = [
        migrations.AddField(model_name="job", name="request_id", field=models.UUIDField(null=True)),
    ]
