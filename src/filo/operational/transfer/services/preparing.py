"""A file is kept, looked at, and how it is read is corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields
from filo.operational.transfer.conflicts import FILE
from filo.operational.transfer.converting import TEXT, unfold
from filo.operational.transfer.encodings import ENCODINGS
from filo.operational.transfer.interpreting import fingerprint, interpret
from filo.operational.transfer.keys import clean_keys
from filo.operational.transfer.mapping import Column, as_json, from_json, is_meaning
from filo.operational.transfer.models import CONFLICTS, KINDS, MODES, ImportBatch
from filo.operational.transfer.own_columns import NEW
from filo.operational.transfer.places import remove
from filo.operational.transfer.placing import without_strangers
from filo.operational.transfer.planning import usable_columns
from filo.operational.transfer.products.reading import as_table
from filo.operational.transfer.reading import Shape, Unreadable
from filo.operational.transfer.recognising import DELIMITERS, recognise
from filo.operational.transfer.services.belonging import Defaults, first_defaults, set_defaults
from filo.operational.transfer.services.choosing import chosen_columns
from filo.operational.transfer.services.mappings import source_of
from filo.operational.transfer.services.rights import locked_draft, require_edit, require_import
from filo.operational.transfer.storing import keep, shown_name
from filo.operational.transfer.surveying import Survey, survey
from filo.operational.transfer.thing_fields import PRODUCTS


def prepare_import(
    principal: Principal,
    content: Iterable[bytes],
    *,
    file_name: str,
    kind: str = "",
    mode: str = "upsert",
    conflict: str = "",
    keys: Sequence[str] = (),
    make_firms: bool = True,
    mapping: str = "",
    program: str = "",
    part: str = "",
    defaults: Defaults | None = None,
) -> ImportBatch:
    """Keep a file, find out how it is to be read and what its columns mean; nothing comes in yet.

    An empty `kind` is guessed, an empty `conflict` that of the mapping; `mapping` names a kept one, `program` whose
    export it is, `part` a sheet; `keys` are those by which rows are recognised, `make_firms` says whether firms that
    people name are made.
    Raises `Forbidden`, `InvalidFields`, `Unreadable`.
    """
    require_import(principal)
    _refuse_unknown("kind", kind, ["", *dict(KINDS)])
    _refuse_unknown("mode", mode, [*dict(MODES)])
    _refuse_unknown("conflict", conflict, ["", *dict(CONFLICTS)])
    kept = keep(content)
    if kind in ("", PRODUCTS):
        kept = as_table(kept, is_sure=kind == PRODUCTS)
    batch = ImportBatch(
        file_name=shown_name(file_name),
        sha256=kept.sha256,
        size=kept.size,
        kind=kind,
        mode=mode,
        conflict=conflict,
        make_firms=make_firms,
        source=(mapping or source_of(file_name))[:80],
        created_by_id=principal.user_id,
        unit_id=principal.unit_id,
        created_at=clock.now(),
    )
    try:
        _unfold(batch, part)
        _read_anew(principal, batch, recognise(batch.path), program=program, mapping=mapping)
        _set_keys(principal, batch, keys)
    except DomainError:
        if not ImportBatch.objects.filter(sha256=kept.sha256).exists():
            remove(kept.path)
        raise
    set_defaults(batch, defaults or first_defaults(principal))
    with transaction.atomic():
        batch.save(force_insert=True)
        changes = {"file": (None, batch.file_name), "sha256": (None, batch.sha256)}
        record(principal, "import.prepare", kind="import", object_id=batch.id, changes=changes)
    return batch


def _set_keys(principal: Principal, batch: ImportBatch, keys: Sequence[str]) -> None:
    batch.keys = clean_keys(keys, usable_columns(principal, from_json(batch.mapping), batch.kind)) if keys else []


def _unfold(batch: ImportBatch, part: str) -> None:
    found = unfold(batch.original, part=part)
    batch.format, batch.part, batch.parts = found.format, found.part[:200], [list(known) for known in found.parts]


def _read_anew(
    principal: Principal, batch: ImportBatch, shape: Shape, *, program: str = "", mapping: str = ""
) -> Survey:
    """Of how many rows of which kind the file is, and what its columns mean. Raises `Unreadable`, `InvalidFields`."""
    found = survey(batch.path, shape)
    if not found.total:
        raise Unreadable(_("The file has a header but no rows."), code="no-rows")
    meaning = interpret(principal, shape, found, kind=batch.kind, source=batch.source, program=program, mapping=mapping)
    batch.total, batch.kind = found.total, meaning.kind
    batch.conflict = batch.conflict or meaning.conflict or FILE
    batch.origin, batch.origin_mapping = meaning.origin, meaning.remembered
    batch.fingerprint = fingerprint(shape.headers, has_header=shape.has_header)
    _set_shape(batch, shape, without_strangers(meaning.columns, found.values, meaning.kind))
    return found


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
    ways: Sequence[str] = (),
    part: str = "",
    conflict: str = "",
    keys: Sequence[str] | None = None,
    make_firms: bool | None = None,
    show_new: bool | None = None,
) -> ImportBatch:
    """Change how a file that is being prepared is read; `fields` are the meanings of the columns in their order.

    `ways` say how days, numbers and places of the columns are written (see `Column.format`); `part` is a sheet; an
    empty `conflict`, no `keys`, `make_firms` and `show_new` (whether customers see new products at once) leave those
    rules as they are. When the columns become others their meanings are guessed anew.

    Raises `Forbidden`, `Stale`, `InvalidFields`, `Unreadable`, `DomainError`.
    """
    require_edit(principal, batch)
    _check_choices(kind, mode, encoding, delimiter, fields)
    _refuse_unknown("conflict", conflict, ["", *dict(CONFLICTS)])
    is_other_part = bool(part) and part != batch.part
    if is_other_part:
        _unfold(batch, part)
    given = {"encoding": encoding, "delimiter": delimiter} if batch.format == TEXT else {}
    shape = recognise(batch.path, has_header=None if is_other_part else has_header, **given)
    with transaction.atomic():
        locked = locked_draft(batch, version)
        locked.format, locked.part, locked.parts = batch.format, batch.part, batch.parts
        if is_other_part or shape != shape_of(locked) or kind != locked.kind:
            locked.kind = "" if is_other_part and kind == locked.kind else kind
            _read_anew(principal, locked, shape)
        elif fields is not None:
            _set_shape(locked, shape, chosen_columns(principal, locked, shape, fields, ways))
        locked.mode, locked.conflict = mode, conflict or locked.conflict
        locked.make_firms = locked.make_firms if make_firms is None else make_firms
        locked.show_new = locked.show_new if show_new is None else show_new
        _set_keys(principal, locked, locked.keys if keys is None else keys)
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
        if field not in ("", NEW) and not any(is_meaning(field, known) for known in dict(KINDS)):
            raise InvalidFields({"mapping": _("There is no such field.")})


def _refuse_unknown(name: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise InvalidFields({name: _("Choose one of: %(names)s.") % {"names": ", ".join(filter(str.strip, allowed))}})
