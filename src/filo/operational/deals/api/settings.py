"""What the doors of all settings about deals share: rows by id and by code, orders, refusals in the API's names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.web.paging import Key
from filo.operational.deals.api.named import CODED
from filo.operational.deals.models import Pipeline

IN_ORDER = (Key("position"), Key("id"))
ROWS: Mapping[str, type[Model]] = {**CODED, "pipeline": Pipeline}

Row = TypeVar("Row", bound=Model)


def row_of(found: QuerySet[Row], key: UUID) -> Row:
    """The row of this id. Raises `NotFound`."""
    row = found.filter(pk=key).first()
    if row is None:
        raise NotFound
    return row


def rows_coded(sent: Mapping[str, Any], models: Mapping[str, type[Model]] = ROWS) -> dict[str, Any]:
    """What was sent, with rows in place of their codes; empty is none. Raises `InvalidFields`."""
    found, wrong = dict(sent), {}
    for name in models.keys() & sent.keys():
        row = models[name]._default_manager.filter(code=sent[name]).first() if sent[name] else None
        if sent[name] and row is None:
            wrong[name] = _("There is nothing of this code.")
        found[name] = row
    if wrong:
        raise InvalidFields(wrong)
    return found


def in_order(rows: Iterable[Model], ids: Sequence[UUID]) -> list[UUID]:
    """The ids of an order, each of which is one of the rows. Raises `InvalidFields`."""
    known = {row.pk for row in rows}
    wrong = {f"ids.{place}": NotFound.sentence for place, key in enumerate(ids) if key not in known}
    if wrong:
        raise InvalidFields(wrong)
    return list(ids)


@contextmanager
def refused_as(**names: str) -> Iterator[None]:
    """Fields that are refused in the block are called as the API calls them: `next_codes="next"`."""
    try:
        yield
    except InvalidFields as error:
        raise InvalidFields({names.get(name, name): told for name, told in error.fields.items()}) from None


def code_of(row: Any) -> str:
    """Its code, as it is told; empty for none."""
    return row.code if row is not None else ""
