"""The meanings that somebody chose for the columns of a file; a field can be made of one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.fields.services.making import make_field
from filo.operational.transfer.cells import is_nothing
from filo.operational.transfer.mapping import Column, from_json, is_meaning
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.own_columns import ENTITY, NEW, field_facts, kind_of
from filo.operational.transfer.reading import Shape, read_rows
from filo.operational.transfer.surveying import EITHER, SAMPLE
from filo.operational.transfer.thing_fields import THINGS, format_of_thing
from filo.operational.transfer.ways import column_meaning

MOST_LOOKED_AT = 20_000
# How a column may be read otherwise than it shows itself, and what takes that back.
WAYS, USUAL = frozenset(("mdy", "point", "abroad")), frozenset(("dmy", "comma", "italy"))


def chosen_columns(
    principal: Principal, batch: ImportBatch, shape: Shape, fields: Sequence[str], ways: Sequence[str]
) -> list[Column]:
    """The columns with what somebody chose. Raises `InvalidFields`, and `Forbidden` for a new field."""
    columns = from_json(batch.mapping)
    if len(fields) != len(columns):
        raise InvalidFields({"mapping": _("Say for every column what it means.")})
    rows = [cells for _number, cells in islice(read_rows(batch.path, shape), SAMPLE)]
    found = []
    for place, (column, field) in enumerate(zip(columns, fields, strict=True)):
        if field == NEW:
            column = _with_new_field(principal, batch, shape, column, place)
        elif field != column.field:
            values = [cells[place].strip() for cells in rows if not is_nothing(cells[place])]
            known = field if is_meaning(field, batch.kind) else ""
            kind = format_of_thing(known) if batch.kind in THINGS else kind_of(known)
            column = column_meaning(column, known, batch.source, values, kind_of_own=kind)
        elif place < len(ways):
            column = _read_so(column, ways[place])
        found.append(column)
    return found


def _read_so(column: Column, way: str) -> Column:
    """The column read as somebody said; what is no way of reading changes nothing."""
    if way not in WAYS | USUAL:
        return column
    kind = " ".join(part for part in column.format.split() if part not in WAYS and part != EITHER)
    written = f"{kind} {way if way in WAYS else ''}".strip()
    return Column(column.header, column.field, column.system, written)


def _with_new_field(principal: Principal, batch: ImportBatch, shape: Shape, column: Column, place: int) -> Column:
    """A field of the firm's own, named as the column and of the kind that its cells show."""
    rows = (cells[place].strip() for _number, cells in islice(read_rows(batch.path, shape), MOST_LOOKED_AT))
    values = [cell for cell in rows if not is_nothing(cell)]
    facts = field_facts(column.header, values, is_whole=batch.total <= MOST_LOOKED_AT)
    field = make_field(principal, ENTITY, facts)
    return column_meaning(column, field.name, batch.source, values, kind_of_own=field.kind)
