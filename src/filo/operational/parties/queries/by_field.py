"""A list in the order of a field of one's own: who has a value, by it; then who has none."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, UUIDField

from filo.foundation.fields.models import CustomField, FieldValue
from filo.foundation.fields.queries import field_values_in_order, fields_of
from filo.foundation.prepared import Prepared, asked_many
from filo.foundation.web.paging import Key, Page, Stretch, page_of_stretches
from filo.operational.parties.models import Party

SORTED_KINDS = ("text", "number", "money", "date", "choice")
_BY_ID = Prepared(lambda: Party.objects.filter(pk__one_of=asked_many("ids", UUIDField())))


def field_sorted_by(sort: str) -> CustomField | None:
    """The field that an order names (`fields.CODE`, with `-` turned round); None for any other order."""
    code = sort.removeprefix("-").removeprefix("fields.")
    if not sort.removeprefix("-").startswith("fields."):
        return None
    found = [field for field in fields_of("party") if field.code == code and field.kind in SORTED_KINDS]
    return found[0] if found else None


def page_by_field(found: QuerySet[Party], field: CustomField, sort: str, *, size: int, cursor: str) -> Page[Party]:
    """A page of `found` in this order. Raises `BadRequest` for a cursor that this list has not given."""
    turned = sort.startswith("-")
    valued = field_values_in_order(field).order_by().filter(object_id__in=found.order_by().values("pk"))
    without = found.filter(~Exists(FieldValue.objects.filter(field=field, object_id=OuterRef("pk"))))
    page = page_of_stretches(
        [
            Stretch(valued, (Key(field.column, descending=turned), Key("object_id", descending=turned))),
            Stretch(without, (Key("id", descending=turned),)),
        ],
        size=size,
        cursor=cursor,
    )
    ids = [row.object_id if isinstance(row, FieldValue) else row.id for row in page.rows]
    return Page(parties_in_order(ids), next=page.next, previous=page.previous)


def parties_in_order(ids: Sequence[UUID]) -> list[Party]:
    """The parties with these ids, as they stand there, in one statement."""
    parties = {party.id: party for party in _BY_ID.rows(ids=ids)}
    return [parties[each] for each in ids]


def parties_there(ids: Sequence[UUID]) -> list[Party]:
    """The same without those that have gone meanwhile."""
    parties = {party.id: party for party in _BY_ID.rows(ids=ids)}
    return [parties[each] for each in ids if each in parties]
