"""All that is held about one person is handed out, whole (GDPR art. 15 and 20)."""

from __future__ import annotations

import tempfile
from typing import BinaryIO, cast

from django.db import transaction
from django.utils import translation
from django.utils.text import slugify

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.privacy.registry import records
from filo.operational.exports.personal_copy import write_copy
from filo.operational.exports.policies import require_personal_data
from filo.operational.parties.models import Party

IN_MEMORY = 4 * 1024 * 1024


def take_personal_data(principal: Principal, party: Party) -> BinaryIO:
    """A ZIP with `data.json`, `index.html` in the person's language, and files, open at its beginning.

    Raises `Forbidden` for who does not see everything: a copy is whole or is none.
    """
    require_personal_data(principal)
    file = cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115  (closed when it is sent)
    with translation.override(party.language or "it"):
        rows = write_copy(file, party, records())
    with transaction.atomic():
        changes = {"rows": (None, rows)}
        record(principal, "personal-data.take", kind="personal-data", object_id=party.id, changes=changes)
    file.seek(0)
    return file


def name_of_copy(party: Party) -> str:
    """personal-data-mario-rossi-2026-11-28.zip."""
    return f"personal-data-{slugify(party.display_name)[:60] or party.id}-{clock.today():%Y-%m-%d}.zip"
