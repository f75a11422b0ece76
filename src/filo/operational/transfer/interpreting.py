"""What the columns of a file mean, by all that is known: a kept mapping, an earlier file, its program, its contents."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.folding import fold
from filo.operational.transfer.guessing import guess_columns, guess_kind
from filo.operational.transfer.mapping import Column, from_json, is_meaning, names_nobody
from filo.operational.transfer.models import BatchState, ImportBatch, ImportMapping
from filo.operational.transfer.own_columns import kind_of, own_by_name
from filo.operational.transfer.reading import Shape
from filo.operational.transfer.sources.finding import programs, source_with
from filo.operational.transfer.surveying import Survey
from filo.operational.transfer.thing_fields import ORDERS, THINGS, format_of_thing
from filo.operational.transfer.things.kinds import thing_of, things_in, things_under
from filo.operational.transfer.ways import column_meaning

# The column that a file of rejected rows has more than the file that they come from.
REASONS = frozenset(("motivo", "reason"))
Remembered = Mapping[str, Column]


@dataclass(frozen=True)
class Meaning:
    """What a file is taken for: `origin` is the program it comes from, `remembered` the name of what is known of it,
    `conflict` the rule that went with that.
    """

    kind: str
    columns: tuple[Column, ...]
    origin: str = ""
    remembered: str = ""
    conflict: str = ""


def interpret(
    principal: Principal,
    shape: Shape,
    found: Survey,
    *,
    kind: str = "",
    source: str = "",
    program: str = "",
    mapping: str = "",
) -> Meaning:
    """What the rows are and what the columns mean; what is given is taken as it is. Raises `InvalidFields`."""
    if program and program not in programs():
        raise InvalidFields({"from": _("Choose one of: %(names)s.") % {"names": ", ".join(programs())}})
    ready = source_with(shape.headers, program=program, kind=kind) if shape.has_header else None
    name, kind_then, conflict, remembered = _remembered(principal, shape, kind, mapping, is_asked=not program)
    things = things_in(shape.headers) if shape.has_header else ""
    # Orders of shops have addresses, by which they would pass for an export of customers.
    kind = kind or kind_then or (things if things == ORDERS else "") or (ready.kind if ready else "") or things
    ready = None if kind in THINGS else ready
    is_guess = not kind
    kind = kind or guess_kind(shape.headers, found=found)
    thing = thing_of(kind)
    if thing is not None:
        guessed = thing.columns(shape.headers, found)
    else:
        guessed = guess_columns(shape, found, kind=kind, source=source, ready=ready, own=own_by_name())
    if is_guess and names_nobody(kind, guessed) and (thing := thing_of(things_under(shape.headers, found))):
        kind, guessed = thing.code, thing.columns(shape.headers, found)
    columns = _as_remembered(guessed, remembered, kind, source, found.values)
    return Meaning(kind, columns, ready.code if ready else "", name, conflict)


def fingerprint(headers: Sequence[str], *, has_header: bool) -> str:
    """The same for all files with these headers in any order; "" for one without."""
    names = sorted({fold(header) for header in headers} - REASONS)
    return hashlib.sha256("\n".join(names).encode()).hexdigest() if has_header else ""


def _remembered(
    principal: Principal, shape: Shape, kind: str, mapping: str, *, is_asked: bool
) -> tuple[str, str, str, Remembered]:
    """(name, kind, conflict, columns by folded header): of the mapping that is named, or of what had these headers
    last.
    """
    mark = fingerprint(shape.headers, has_header=shape.has_header)
    if mapping:
        kept = named_mapping(mapping, kind)
        return kept.name, kept.kind, kept.conflict, _columns_of(kept)
    if not mark or not is_asked:
        return "", "", "", {}
    of_kind = {"kind": kind} if kind else {}
    named = ImportMapping.objects.filter(fingerprint=mark, **of_kind).order_by("-updated_at").first()
    if named is not None:
        return named.name, named.kind, named.conflict, _columns_of(named)
    earlier = ImportBatch.objects.visible_to(principal).filter(fingerprint=mark, state=BatchState.DONE, **of_kind)
    last = earlier.order_by("-id").first()
    if last is None:
        return "", "", "", {}
    columns = {fold(column.header): column for column in from_json(last.mapping)}
    return last.file_name[:80], last.kind, last.conflict, columns


def named_mapping(name: str, kind: str) -> ImportMapping:
    """A kept mapping, of this kind if one is said. Raises `InvalidFields`."""
    of_kind = {"kind": kind} if kind else {}
    found = ImportMapping.objects.filter(name=name, **of_kind).order_by("-updated_at").first()
    if found is None:
        raise InvalidFields({"mapping": _("There is no mapping “%(name)s”.") % {"name": name[:80]}})
    return found


def _columns_of(kept: ImportMapping) -> Remembered:
    return {header: Column(header, field) for header, field in kept.columns.items()}


def _as_remembered(
    guessed: Sequence[Column],
    remembered: Remembered,
    kind: str,
    source: str,
    values: Callable[[int], Sequence[str]],
) -> tuple[Column, ...]:
    """The guessed columns with the meanings that are remembered; how their cells are read the file itself shows."""
    found = []
    for place, column in enumerate(guessed):
        then = remembered.get(fold(column.header))
        if then is not None and then.field != column.field and (not then.field or is_meaning(then.field, kind)):
            own = format_of_thing(then.field) if thing_of(kind) else kind_of(then.field)
            now = column_meaning(column, then.field, source, values(place), kind_of_own=own)
            column = Column(now.header, now.field, then.system or now.system, now.format)
        elif then is not None and then.system:
            column = Column(column.header, column.field, then.system, column.format)
        found.append(column)
    return tuple(found)
