"""Back offices that are connected already may exchange discounts and invoices too, once somebody switches it on."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from filo.foundation.ids import uuid7


def offer(apps: Any, _editor: Any) -> None:
    """A row for each connection and each of the two subjects."""
    exchanges = apps.get_model("connectors", "Exchange")
    connections = apps.get_model("connectors", "Connection").objects.order_by("pk").values_list("pk", flat=True)
    rows = [
        exchanges(id=uuid7(), connection_id=key, subject=subject, active=False)
        for key in connections
        for subject in ("discounts", "invoices")
    ]
    exchanges.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("connectors", "0001_initial")]
    operations = [migrations.RunPython(offer, migrations.RunPython.noop, elidable=True)]
