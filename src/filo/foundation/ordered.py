"""A field of named values whose order says something (size before colour)."""

from __future__ import annotations

from typing import Any

from django.db.models import JSONField


class OrderedValuesField(JSONField):
    """Named values in their order, kept as a list of pairs: PostgreSQL's `jsonb` gives a dictionary back sorted."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """As pairs."""
        kept = [[name, said] for name, said in value.items()] if isinstance(value, dict) else value
        return super().get_db_prep_value(kept, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """As a dictionary."""
        found = super().from_db_value(value, expression, connection)
        return dict(found) if isinstance(found, list) else found
