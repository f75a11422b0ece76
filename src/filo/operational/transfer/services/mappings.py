"""What the columns of a source mean is kept under a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.folding import clean_line, fold
from filo.operational.transfer.mapping import IDENTITY, Column, from_json, system_of
from filo.operational.transfer.models import ImportBatch, ImportMapping
from filo.operational.transfer.services.rights import require_edit
from filo.operational.transfer.storing import shown_name


def keep_mapping(principal: Principal, batch: ImportBatch, *, name: str) -> ImportMapping:
    """Keep what the columns of this file mean under a name, for the next file of the same source."""
    require_edit(principal, batch)
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


def source_of(file_name: str) -> str:
    """What a file of this name comes from: "Clienti (2) 2026-03.csv" is of the source "Clienti"."""
    stem = re.sub(r"[\d()_.\-\s]+$", "", PurePath(shown_name(file_name)).stem)
    return clean_line(stem or PurePath(shown_name(file_name)).stem, max_length=80)
