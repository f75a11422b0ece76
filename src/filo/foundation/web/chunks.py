"""A list that is read by chunks from its first row to its last, as files of it are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from filo.foundation.errors import BadRequest
from filo.foundation.web.paging import Key, capped_count, page_of

Sorts = Mapping[str, Sequence[Key]]


class ListInChunks:
    """The rows of a query in one of the orders that are declared for it; see `foundation/exportable.py`."""

    def __init__(self, rows: QuerySet[Any], sorts: Sorts, sort: str) -> None:
        """Raises `BadRequest` for an order that is not declared."""
        keys = sorts.get(sort)
        if keys is None:
            raise BadRequest(_("There is no order “%(name)s”.") % {"name": sort[:40]}, code="bad-sort")
        self._rows, self._keys = rows, keys

    def count(self, most: int) -> tuple[int, bool]:
        """How many, counted no further than `most`."""
        found = capped_count(self._rows, cap=most)
        return found.number, found.exact

    def ids(self, *, cursor: str, size: int) -> tuple[list[UUID], str | None]:
        """The next chunk."""
        rows = self._rows.values_list(*(key.column for key in self._keys), named=True)
        page = page_of(rows, self._keys, size=size, cursor=cursor)
        return [row.id for row in page.rows], page.next
