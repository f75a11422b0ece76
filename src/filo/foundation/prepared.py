"""Reads of one shape, asked again and again: their SQL is put together once, not for each request.

    PERSON = Prepared(lambda: User.objects.select_related("role").filter(pk=asked("pk", UUIDField())))
    PERSON.rows(pk=user_id)

Putting a statement together takes Django longer than the database needs to answer it. What is kept is Django's own
compiler after its first use; values go in as parameters, never into the text.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import copy
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, Lookup, Model, QuerySet, UUIDField
from django.db.models.fields.related import ForeignObject
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
_Sql = tuple[str, tuple[Any, ...]]


class Asked(Expression):
    """The place of a value that comes with each asking."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """The place itself among the parameters, to be filled by `Prepared.rows`."""
        return "%s", [self]

    def filled(self, value: Any, connection: Any) -> Any:
        """The value as this database takes it."""
        return self.output_field.get_db_prep_value(value, connection)


class AskedMany(Asked):
    """The place of a list of values, for `__one_of`: one parameter, however many they are."""

    def filled(self, value: Any, connection: Any) -> Any:
        """All of them, as this database takes a list; ids, of which there may be thousands, without a call for each."""
        if type(self.output_field) is UUIDField and all(type(one) is UUID for one in value):
            return list(value) if connection.vendor == "postgresql" else json.dumps([one.hex for one in value])
        found = [self.output_field.get_db_prep_value(one, connection) for one in value]
        return found if connection.vendor == "postgresql" else json.dumps(found)


@Field.register_lookup
@ForeignObject.register_lookup
class OneOf(Lookup):
    """`party__one_of=asked_many("parties", UUIDField())`: as `in`, with one parameter for all values."""

    lookup_name = "one_of"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Compared with an array."""
        (column, before), (place, values) = self.process_lhs(compiler, connection), compiler.compile(self.rhs)
        return f"{column} = ANY({place}::{self.rhs.output_field.db_type(connection)}[])", [*before, *values]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Compared with the rows of a JSON list."""
        (column, before), (place, values) = self.process_lhs(compiler, connection), compiler.compile(self.rhs)
        return f"{column} IN (SELECT value FROM json_each({place}))", [*before, *values]  # noqa: S608


def asked(name: str, field: Field[Any, Any]) -> Any:
    """A value to be given by this name; typed as what Django's lookups take."""
    return Asked(name, field)


def asked_many(name: str, field: Field[Any, Any]) -> Any:
    """Values to be given by this name, for `__one_of`."""
    return AskedMany(name, field)


def kept_key(key: UUID) -> UUID | str:
    """A key as `Prepared.plain` gives it."""
    return key if connections[DEFAULT_DB_ALIAS].vendor == "postgresql" else key.hex


class Prepared(Generic[Row]):
    """A queryset with places in it, whose SQL is kept for each kind of database."""

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        self._build = build
        self._kept: dict[str, tuple[QuerySet[Any, Row], SQLCompiler, _Sql | None]] = {}

    def rows(self, **values: Any) -> list[Row]:
        """The rows, read now, with these values in their places. Raises KeyError for one that is missing."""
        connection = connections[DEFAULT_DB_ALIAS]
        queryset, compiler, sql = self._kept.get(connection.vendor) or self._keep(connection)
        mine = copy(compiler)
        mine.connection = connection
        mine.as_sql = lambda *_args, **_more: _filled(sql, values, connection)  # type: ignore[method-assign]
        found = queryset.all()
        found.query.get_compiler = lambda *_args, **_more: mine  # type: ignore[method-assign]
        return list(found)

    def plain(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows as the database keeps them, nothing converted: for who reads many thousands (see `kept_key`)."""
        connection = connections[DEFAULT_DB_ALIAS]
        _queryset, _compiler, sql = self._kept.get(connection.vendor) or self._keep(connection)
        if sql is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(*_filled(sql, values, connection))
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    def first(self, **values: Any) -> Row | None:
        """The first row, or None."""
        return next(iter(self.rows(**values)), None)

    def _keep(self, connection: Any) -> tuple[QuerySet[Any, Row], SQLCompiler, _Sql | None]:
        queryset = self._build()
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            sql: _Sql | None = cast("_Sql", compiler.as_sql())
        except EmptyResultSet:
            sql = None
        else:
            converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
            compiler.get_converters = lambda _columns: converters
        self._kept[connection.vendor] = queryset, compiler, sql
        return self._kept[connection.vendor]


def _filled(sql: _Sql | None, values: dict[str, Any], connection: Any) -> _Sql:
    if sql is None:
        raise EmptyResultSet
    text, params = sql
    return text, tuple(
        param.filled(values[param.name], connection) if isinstance(param, Asked) else param for param in params
    )


def hold(instance: Model, name: str, rows: list[Any]) -> None:
    """Give an object the rows of one of its reverse relations, as `prefetch_related` would."""
    found = getattr(instance, name).get_queryset()
    found._result_cache, found._prefetch_done = rows, True
    cache = instance.__dict__.setdefault("_prefetched_objects_cache", {})
    cache[name] = found
