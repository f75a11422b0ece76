"""Files of what happened: a scanned letter, a fax, minutes of a meeting; what they say is found by its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.errors import InvalidFields
from filo.foundation.files.services import store_file
from filo.foundation.files.texts import text_of as text_in
from filo.foundation.jobs.services import enqueue
from filo.foundation.search import services as search
from filo.operational.interactions.findable import KIND, text_of
from filo.operational.interactions.models import Interaction, InteractionFile

READ_JOB = "interactions.read_file"
MOST_FILES = 10


@dataclass(frozen=True)
class Upload:
    """A file as it came in."""

    name: str
    data: bytes
    media_type: str = ""


def keep_files(found: Interaction, uploads: Sequence[Upload]) -> list[InteractionFile]:
    """Keep what belongs to an interaction, in the caller's transaction; what it says is found a moment later.

    Raises `InvalidFields` (empty, or too many), `FileTooLarge`.
    """
    if len(uploads) > MOST_FILES:
        raise InvalidFields({"files": _("At most %(limit)s files at once.") % {"limit": MOST_FILES}})
    if any(not upload.data for upload in uploads):
        raise InvalidFields({"files": _("This file is empty.")})
    rows = [
        InteractionFile.objects.create(
            interaction=found,
            file=store_file(upload.data, name=upload.name, media_type=upload.media_type),
            position=place,
        )
        for place, upload in enumerate(uploads)
    ]
    for row in rows:
        enqueue(READ_JOB, row=str(row.id))
    return rows


def read_kept(row_id: UUID) -> int:
    """Take the text out of a file and make it findable; gives its length. For the job that waits for it."""
    row = InteractionFile.objects.select_related("file").filter(pk=row_id).first()
    if row is None:
        return 0
    said = text_in(row.file)
    with transaction.atomic():
        found = Interaction.objects.select_for_update().filter(files=row_id).first()
        if found is None:
            return 0
        InteractionFile.objects.filter(pk=row_id).update(text=said.text, problem=said.problem)
        search.note(KIND, {found.id: text_of(found)})
    return len(said.text)
