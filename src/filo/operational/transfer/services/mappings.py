"""What the columns of a source mean is kept under a name."""

from __future__ import annotations

import re
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.folding import clean_line, fold
from filo.operational.transfer.mapping import from_json
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
                "conflict": batch.conflict,
                "fingerprint": batch.fingerprint,
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


def source_of(file_name: str) -> str:
    """What a file of this name comes from: "Clienti (2) 2026-03.csv" is of the source "Clienti"."""
    stem = re.sub(r"[()_.\-\s]+[\d()_.\-\s]*$", "", PurePath(shown_name(file_name)).stem)
    return clean_line(stem or PurePath(shown_name(file_name)).stem, max_length=80)
