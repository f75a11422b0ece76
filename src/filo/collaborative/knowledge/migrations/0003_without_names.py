from django.db import migrations


class Migration(migrations.Migration):
    # Apart from the rows that 0002 changed: PostgreSQL alters no table with changes still pending on it.
    dependencies = [("knowledge", "0002_categories")]

    operations = [migrations.RemoveField("article", "category_name")]
