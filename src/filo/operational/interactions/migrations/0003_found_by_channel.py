"""An index for customers that were last met, called, written to: of a rare channel, and of the last days."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("interactions", "0002_colleagues_named")]

    operations = [
        migrations.AddIndex(
            model_name="interaction",
            index=models.Index(fields=["channel", "-at", "party"], name="interaction_by_channel"),
        ),
    ]
