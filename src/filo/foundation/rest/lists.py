"""Lists: limit, cursor, sort, filter and words in; items, the next cursor and a capped count out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field

from filo.foundation.access.principal import Principal
from filo.foundation.errors import BadRequest
from filo.foundation.filters.fields import FilterSet
from filo.foundation.filters.tree import Tree, compile_tree, parse
from filo.foundation.rest.answers import answer
from filo.foundation.rest.bodies import refuse_unkeepable
from filo.foundation.web.paging import Count, Key, Page, capped_count, page_of

Row = TypeVar("Row", bound=Model)
Sorts = Mapping[str, tuple[Key, ...]]
NO_FILTERS = FilterSet()


class PageParams(BaseModel):
    """Which page."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=200, description="How many items, 1 to 200.")
    cursor: str = Field("", max_length=600, description="`next` of the page before.")


class ListParams(PageParams):
    """Which page of what, in which order."""

    sort: str = Field("", max_length=40, description="A declared order; `-` before the name turns it round.")
    filter: str = Field(
        "",
        max_length=8000,
        description=(
            'A JSON tree of `and`, `or`, `not` over conditions `{"field":…, "op":…, "value":…}`, as the address of a '
            "page holds it: up to 40 conditions, 6 levels deep. Operators, where the field has them: `is`, `is-not`, "
            "`in` (a list of values), `contains`, `more`, `less`, `before` and `after` (a day, `2026-11-22`), "
            "`within-days`, `older-than-days` and `next-days` (a number of days from today), and without a value "
            "`today`, `this-week`, `this-month`, `last-month`, `empty`, `set`. Without `op` it is `is`. "
            'For example `{"and":[{"field":"area","op":"in","value":["north","south"]},'
            '{"not":{"field":"stage","value":"customer"}},{"field":"last_contact","op":"older-than-days","value":60}]}`.'
        ),
    )
    q: str = Field("", max_length=200, description="Words, or their beginnings.")

    def tree(self) -> Tree | None:
        """The filter, read but not yet held against the declared fields. Raises `BadRequest`."""
        found = parse(self.filter)
        refuse_unkeepable(found)
        return found


@contextmanager
def own_cursors() -> Iterator[None]:
    """A cursor is only read back, so whatever is wrong with its values was made up: `BadRequest`."""
    try:
        yield
    except (ValidationError, ValueError, TypeError, OverflowError, DataError):
        sentence = _("This page of the list is not there any more. Start from the first.")
        raise BadRequest(sentence, code="bad-cursor") from None


def listed(
    principal: Principal,
    found: QuerySet[Row],
    asked: ListParams,
    *,
    sorts: Sorts,
    filters: FilterSet = NO_FILTERS,
) -> tuple[Page[Row], Count]:
    """One page of `found` and the count of all of it. The first of `sorts` is the usual order.

    Raises `BadRequest` for an order, filter or cursor that is not declared.
    """
    keys = sorts.get(asked.sort or next(iter(sorts)))
    if keys is None:
        raise BadRequest(_("There is no order “%(name)s”.") % {"name": asked.sort}, code="bad-sort")
    narrowed = found.filter(compile_tree(asked.tree(), filters, principal))
    return page_in(narrowed, keys, asked), capped_count(narrowed)


def page_in(found: QuerySet[Row], keys: Sequence[Key], asked: PageParams) -> Page[Row]:
    """One keyset page. Raises `BadRequest` for a cursor that this list has not given."""
    with own_cursors():
        return page_of(found, keys, size=asked.limit, cursor=asked.cursor)


def list_answer(items: Sequence[Mapping[str, Any]], following: str | None, count: Count) -> HttpResponse:
    """The answer of every list."""
    return answer({"items": items, "next": following, "count": count.number, "count_is_exact": count.exact})
