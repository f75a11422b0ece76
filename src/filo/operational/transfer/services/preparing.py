"""A file is kept, looked at, and how it is read is corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields
from filo.operational.transfer.guessing import guess_columns, guess_kind, survey
from filo.operational.transfer.mapping import Column, as_json, fields_of, from_json
from filo.operational.transfer.models import KINDS, MODES, ImportBatch
from filo.operational.transfer.reading import Shape, Unreadable
from filo.operational.transfer.recognising import DELIMITERS, ENCODINGS, recognise
from filo.operational.transfer.services.belonging import Defaults, first_defaults, set_defaults
from filo.operational.transfer.services.mappings import column_of, mapped, named_mapping, source_of
from filo.operational.transfer.services.rights import locked_draft, require_edit, require_import
from filo.operational.transfer.storing import keep, shown_name


def prepare_import(
    principal: Principal,
    content: Iterable[bytes],
    *,
    file_name: str,
    kind: str = "",
    mode: str = "upsert",
    mapping: str = "",
    defaults: Defaults | None = None,
) -> ImportBatch:
    """Keep a file, find out how it is to be read and what its columns mean; nothing comes in yet.

    An empty `kind` is guessed; `mapping` names a kept one. Raises `Forbidden`, `InvalidFields`, `Unreadable`.
    """
    require_import(principal)
    _refuse_unknown("kind", kind, ["", *dict(KINDS)])
    _refuse_unknown("mode", mode, [*dict(MODES)])
    kept = keep(content)
    batch = ImportBatch(
        file_name=shown_name(file_name),
        sha256=kept.sha256,
        size=kept.size,
        kind=kind,
        mode=mode,
        source=(mapping or source_of(file_name))[:80],
        created_by_id=principal.user_id,
        unit_id=principal.unit_id,
        created_at=clock.now(),
    )
    try:
        _read_for_the_first_time(batch, mapping)
    except DomainError:
        if not ImportBatch.objects.filter(sha256=kept.sha256).exists():
            kept.path.unlink(missing_ok=True)
        raise
    set_defaults(batch, defaults or first_defaults(principal))
    with transaction.atomic():
        batch.save(force_insert=True)
        changes = {"file": (None, batch.file_name), "sha256": (None, batch.sha256)}
        record(principal, "import.prepare", kind="import", object_id=batch.id, changes=changes)
    return batch


def _read_for_the_first_time(batch: ImportBatch, mapping: str) -> None:
    """How the file is read, of how many rows of which kind, and what its columns mean."""
    shape = recognise(batch.path)
    found = survey(batch.path, shape)
    if not found.total:
        raise Unreadable(_("The file has a header but no rows."), code="no-rows")
    batch.total, batch.kind = found.total, batch.kind or guess_kind(shape.headers)
    columns = guess_columns(shape, found, kind=batch.kind, source=batch.source)
    if mapping:
        columns = mapped(columns, named_mapping(mapping, batch.kind), batch.source)
    _set_shape(batch, shape, columns)


def _set_shape(batch: ImportBatch, shape: Shape, columns: Sequence[Column]) -> None:
    batch.encoding, batch.delimiter, batch.has_header = shape.encoding, shape.delimiter, shape.has_header
    batch.headers, batch.mapping = list(shape.headers), as_json(columns)


def shape_of(batch: ImportBatch) -> Shape:
    """How the file of an import is read."""
    return Shape(batch.encoding, batch.delimiter, batch.has_header, tuple(batch.headers))


def correct_import(
    principal: Principal,
    batch: ImportBatch,
    *,
    version: int | None,
    kind: str,
    mode: str,
    encoding: str,
    delimiter: str,
    has_header: bool,
    fields: Sequence[str] | None,
    defaults: Defaults,
) -> ImportBatch:
    """Change how a file that is being prepared is read; `fields` are the meanings of the columns in their order.

    When the columns become others their meanings are guessed anew. Raises `Forbidden`, `Stale`,
    `InvalidFields`, `Unreadable`, `DomainError`.
    """
    require_edit(principal, batch)
    _check_choices(kind, mode, encoding, delimiter, fields)
    shape = recognise(batch.path, encoding=encoding, delimiter=delimiter, has_header=has_header)
    is_same = shape == shape_of(batch)
    found = None if is_same and kind == batch.kind else survey(batch.path, shape)
    columns: Sequence[Column]
    with transaction.atomic():
        locked = locked_draft(batch, version)
        if found is not None:
            columns = guess_columns(shape, found, kind=kind, source=locked.source)
            locked.total = found.total
        else:
            columns = _chosen(locked, fields)
        locked.kind, locked.mode = kind, mode
        _set_shape(locked, shape, columns)
        set_defaults(locked, defaults)
        locked.version += 1
        locked.trial = None
        locked.save()
        record(principal, "import.correct", kind="import", object_id=locked.id)
    return locked


def _check_choices(kind: str, mode: str, encoding: str, delimiter: str, fields: Sequence[str] | None) -> None:
    _refuse_unknown("kind", kind, [*dict(KINDS)])
    _refuse_unknown("mode", mode, [*dict(MODES)])
    _refuse_unknown("encoding", encoding, list(ENCODINGS))
    _refuse_unknown("delimiter", delimiter, list(DELIMITERS))
    for field in fields or ():
        _refuse_unknown("mapping", field, ["", *fields_of("organisations"), *fields_of("people")])


def _refuse_unknown(name: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise InvalidFields({name: _("Choose one of: %(names)s.") % {"names": ", ".join(filter(str.strip, allowed))}})


def _chosen(batch: ImportBatch, fields: Sequence[str] | None) -> Sequence[Column]:
    columns = from_json(batch.mapping)
    if fields is None:
        return columns
    if len(fields) != len(columns):
        raise InvalidFields({"mapping": _("Say for every column what it means.")})
    known = fields_of(batch.kind)
    return [
        column_of(column.header, field if field in known else "", batch.source)
        for column, field in zip(columns, fields, strict=True)
    ]
