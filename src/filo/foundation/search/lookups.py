"""How columns of words are asked on each engine: `text__worded=[("mar*",), ("rossi", "rosi*")]`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models.lookups import In, Lookup

# One of these words has to be there; "ros*" is any that begins so.
Group = tuple[str, ...]
MOST_CHARACTER = 0x10FFFF  # after every other
# The full-text table that SQLite keeps beside each table.
FTS = {"search_searchtext": "search_fts", "search_searchnote": "search_notes_fts", "search_searchword": "search_keys"}


@models.BigAutoField.register_lookup
@models.UUIDField.register_lookup
class Among(In):
    """`pk__among=queryset`: as `in`, but PostgreSQL finds the ids first and then the rows, not row by row."""

    lookup_name = "among"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return f"= ANY(ARRAY{rhs})" if connection.vendor == "postgresql" else f"IN {rhs}"


@models.CharField.register_lookup
class Begins(Lookup):
    """`sku_folded__begins="bim-"`: as `startswith`, but SQLite reads it from the index of the column as well."""

    lookup_name = "begins"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (value,)

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", [*params, self.rhs, *params, self.rhs + chr(MOST_CHARACTER)]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", [*params, f"{connection.ops.prep_for_like_query(self.rhs)}%"]


@models.CharField.register_lookup
class Beside(Lookup):
    """`kind__beside="product"`: as `exact`, but SQLite does not start from it. Where nothing has been analysed it takes
    an index of a kind to be telling, and goes through all products to find the few with a word.
    """

    lookup_name = "beside"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        (column, before), (value, params) = (
            self.process_lhs(compiler, connection),
            self.process_rhs(compiler, connection),
        )
        sign = "+" if connection.vendor == "sqlite" else ""
        return f"{sign}{column} = {value}", (*before, *params)


@models.TextField.register_lookup
class Worded(Lookup):
    """Rows that hold a word of each group. The words are folded: nothing in them means anything to an engine."""

    lookup_name = "worded"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (value,)

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        rowid = f'{column.rpartition(".")[0]}."id"'  # the table may stand under another name in a subquery
        table = FTS[self.lhs.target.model._meta.db_table]
        match = f"IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)"  # noqa: S608
        return f"{rowid} {match}", [*params, _query(self.rhs, (" AND ", " OR "), '"{}"', '"{}"*')]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        query = _query(self.rhs, (" & ", " | "), "{}", "{}:*")
        return f"to_tsvector('simple', {column}) @@ to_tsquery('simple', %s)", [*params, query]


def _query(groups: Sequence[Group], joined: tuple[str, str], whole: str, beginning: str) -> str:
    both, either = joined

    def said(word: str) -> str:
        return beginning.format(word[:-1]) if word.endswith("*") else whole.format(word)

    return both.join(f"({either.join(said(word) for word in group)})" for group in groups)
