"""One row of folded words for each object that can be found."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.lookups import In, Lookup


class SearchText(models.Model):
    """`text` holds folded words and digits only; each engine has an index of its own over it."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_once")]


@models.BigAutoField.register_lookup
@models.UUIDField.register_lookup
class Among(In):
    """`pk__among=queryset`: as `in`, but PostgreSQL finds the ids first and then the rows, not row by row."""

    lookup_name = "among"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return f"= ANY(ARRAY{rhs})" if connection.vendor == "postgresql" else f"IN {rhs}"


@models.TextField.register_lookup
class AllPrefixes(Lookup):
    """`text__all_prefixes=["mar", "ros"]`: rows with words beginning with each of these."""

    lookup_name = "all_prefixes"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (value,)

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        rowid = f'{column.rpartition(".")[0]}."id"'  # the table may stand under another name in a subquery
        query = " ".join(f'"{word}"*' for word in self.rhs)
        match = "IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s)"
        return f"{rowid} {match}", [*params, query]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        query = " & ".join(f"{word}:*" for word in self.rhs)
        return f"to_tsvector('simple', {column}) @@ to_tsquery('simple', %s)", [*params, query]
