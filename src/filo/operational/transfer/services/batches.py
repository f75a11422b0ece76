"""An import is prepared, corrected, started, cancelled; a mapping is kept under a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, Stale
from filo.foundation.folding import clean_line, fold
from filo.foundation.jobs.services import enqueue
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.foundation.push.services import publish
from filo.operational.parties.services.arrivals import RelationshipSpec, default_relationship
from filo.operational.parties.services.relationships import check_line
from filo.operational.transfer.guessing import guess_columns, guess_kind, survey
from filo.operational.transfer.mapping import IDENTITY, Column, as_json, fields_of, from_json, system_of
from filo.operational.transfer.models import KINDS, MODES, BatchState, ImportBatch, ImportMapping
from filo.operational.transfer.policies import IMPORT_EDITED, may_import
from filo.operational.transfer.reading import DELIMITERS, ENCODINGS, Shape, Unreadable, recognise
from filo.operational.transfer.storing import keep, shown_name

NAMING = {
    "organisations": {"legal_name"},
    "people": {"given_name", "family_name", "full_name", "name_reversed"},
}


@dataclass(frozen=True)
class Defaults:
    """What new parties of an import are to us."""

    company: SellingCompany | None = None
    product_line: ProductLine | None = None
    area: Area | None = None
    channel: Channel | None = None
    owner: User | None = None


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
    _set_defaults(batch, defaults or _first_defaults(principal))
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


def require_import(principal: Principal) -> None:
    """Raises `Forbidden` unless this principal may bring in customers from files."""
    principal.require("import", "create")
    principal.require("party", "import")
    if not may_import(principal):
        raise Forbidden


def source_of(file_name: str) -> str:
    """What a file of this name comes from: "Clienti (2) 2026-03.csv" is of the source "Clienti"."""
    stem = re.sub(r"[\d()_.\-\s]+$", "", PurePath(shown_name(file_name)).stem)
    return clean_line(stem or PurePath(shown_name(file_name)).stem, max_length=80)


def named_mapping(name: str, kind: str) -> ImportMapping:
    """A kept mapping. Raises `InvalidFields`."""
    found = ImportMapping.objects.filter(name=name, kind=kind).first()
    if found is None:
        raise InvalidFields({"mapping": _("There is no mapping “%(name)s”.") % {"name": name[:80]}})
    return found


def mapped(columns: Sequence[Column], kept: ImportMapping, source: str) -> tuple[Column, ...]:
    """The columns with the meanings that a kept mapping gives them."""
    return tuple(
        column_of(column.header, kept.columns[fold(column.header)], source)
        if fold(column.header) in kept.columns
        else column
        for column in columns
    )


def column_of(header: str, field: str, source: str) -> Column:
    """A column with this meaning."""
    return Column(header, field, system_of(header, source) if field == IDENTITY else "")


def _set_shape(batch: ImportBatch, shape: Shape, columns: Sequence[Column]) -> None:
    batch.encoding, batch.delimiter, batch.has_header = shape.encoding, shape.delimiter, shape.has_header
    batch.headers, batch.mapping = list(shape.headers), as_json(columns)


def _set_defaults(batch: ImportBatch, found: Defaults) -> None:
    batch.company, batch.product_line, batch.area = found.company, found.product_line, found.area
    batch.channel, batch.owner = found.channel, found.owner


def _first_defaults(principal: Principal) -> Defaults:
    try:
        return Defaults(company=default_relationship(principal).company)
    except InvalidFields:
        return Defaults()


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
    _require_edit(principal, batch)
    _check_choices(kind, mode, encoding, delimiter, fields)
    shape = recognise(batch.path, encoding=encoding, delimiter=delimiter, has_header=has_header)
    is_same = shape == shape_of(batch)
    found = None if is_same and kind == batch.kind else survey(batch.path, shape)
    columns: Sequence[Column]
    with transaction.atomic():
        locked = _locked_draft(batch, version)
        if found is not None:
            columns = guess_columns(shape, found, kind=kind, source=locked.source)
            locked.total = found.total
        else:
            columns = _chosen(locked, fields)
        locked.kind, locked.mode = kind, mode
        _set_shape(locked, shape, columns)
        _set_defaults(locked, defaults)
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


def _locked_draft(batch: ImportBatch, version: int | None) -> ImportBatch:
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != BatchState.DRAFT:
        raise DomainError(_("This import has been started already."), code="import-started")
    if version is not None and version != locked.version:
        raise Stale({}, version=locked.version)
    return locked


def _require_edit(principal: Principal, batch: ImportBatch) -> None:
    require_import(principal)
    if not IMPORT_EDITED.allows(principal, batch):
        raise Forbidden


def try_later(principal: Principal, batch: ImportBatch) -> None:
    """Have what the import would do found out in the background; its answer comes as `trial`."""
    _require_edit(principal, batch)
    with transaction.atomic():
        enqueue("transfer.try_import", principal=principal, batch=str(batch.id), version=batch.version)


def keep_trial(batch: ImportBatch, version: int, trial: Mapping[str, Any]) -> None:
    """Keep what a trial told, unless the import has been corrected since."""
    with transaction.atomic():
        if ImportBatch.objects.filter(pk=batch.pk, version=version, state=BatchState.DRAFT).update(trial=dict(trial)):
            publish(f"import:{batch.id}", "trial")


def start_import(principal: Principal, batch: ImportBatch, *, in_background: bool = True) -> ImportBatch:
    """Let the rows come in; in the background, or by the caller with `carry_on`.

    Raises `Forbidden`, `InvalidFields` when names or the company are missing, `DomainError`.
    """
    _require_edit(principal, batch)
    with transaction.atomic():
        locked = _locked_draft(batch, None)
        relationship_of(principal, locked)
        if not NAMING[locked.kind] & {column.field for column in from_json(locked.mapping)}:
            raise InvalidFields({"mapping": _("Say which column holds the name.")})
        locked.state = BatchState.READY
        if in_background:
            locked.job = enqueue("transfer.run_import", principal=principal, batch=str(locked.id)).id
        locked.save(update_fields=["state", "job"])
        changes = {
            "file": (None, locked.file_name),
            "rows": (None, locked.total),
            "mode": (None, locked.mode),
        }
        record(principal, "import.start", kind="import", object_id=locked.id, changes=changes)
    return locked


def relationship_of(principal: Principal, batch: ImportBatch) -> RelationshipSpec:
    """What new parties are to us. Raises `InvalidFields` when they would be out of one's own reach."""
    if batch.company is None:
        raise InvalidFields({"company": _("Choose the company that they are to be customers of.")})
    unit: Unit | None = batch.area.default_unit if batch.area else None
    scope = principal.scope("party", "create")
    if scope in (Scope.TEAM, Scope.UNIT):
        unit = unit or (Unit.objects.filter(pk=principal.unit_id).first() if principal.unit_id else None)
        if unit is None or (unit.pk != principal.unit_id and unit.pk not in principal.unit_ids):
            raise InvalidFields({"area": _("This area belongs to another unit than yours.")})
    spec = RelationshipSpec(
        company=batch.company,
        product_line=batch.product_line,
        area=batch.area,
        channel=batch.channel,
        owner_id=batch.owner_id,
        unit=unit,
    )
    check_line(spec)
    return spec


def cancel_import(principal: Principal, batch: ImportBatch) -> ImportBatch:
    """Stop an import; the rows that have come in stay. Raises `Forbidden`, `DomainError` when it is over."""
    _require_edit(principal, batch)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if not locked.is_open:
            raise DomainError(_("This import is over already."), code="import-over")
        locked.state, locked.finished_at = BatchState.CANCELLED, clock.now()
        locked.save(update_fields=["state", "finished_at"])
        record(
            principal,
            "import.cancel",
            kind="import",
            object_id=locked.id,
            changes={"rows": (None, locked.done)},
        )
        publish(f"import:{locked.id}", "state")
    return locked


def keep_mapping(principal: Principal, batch: ImportBatch, *, name: str) -> ImportMapping:
    """Keep what the columns of this file mean under a name, for the next file of the same source."""
    _require_edit(principal, batch)
    name = clean_line(name, max_length=80)
    if not name:
        raise InvalidFields({"mapping_name": _("Give the mapping a name.")})
    with transaction.atomic():
        found, _made = ImportMapping.objects.update_or_create(
            name=name,
            kind=batch.kind,
            defaults={
                "columns": {fold(column.header): column.field for column in from_json(batch.mapping)},
                "created_by_id": principal.user_id,
                "updated_at": clock.now(),
            },
        )
        record(
            principal,
            "import.keep-mapping",
            kind="import-mapping",
            object_id=found.id,
            changes={"name": (None, name)},
        )
    return found
