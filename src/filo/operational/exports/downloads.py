"""Files on their way to a browser or a program: as attachments, and never to be opened as a page of ours."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from django.http import FileResponse  # noqa: TID251  (both doors hand out the same file)

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.exports.formats import FORMATS
from filo.operational.exports.models import Export
from filo.operational.exports.policies import require_file
from filo.operational.exports.wishes import exportable_named


def file_of(principal: Principal, export: Export) -> FileResponse:
    """The file of an export. Raises `NotFound` when there is none (any more), `Forbidden` when a right has ended."""
    form = FORMATS.get(export.form)
    if not export.has_file or form is None or not export.path.is_file():
        raise NotFound
    own = export.token == principal.token_id if export.token else export.created_by_id == principal.user_id
    require_file(principal, exportable_named(export.what), own=own)
    return attachment(export.path.open("rb"), export.file_name, form.media_type)


def attachment(file: BinaryIO, name: str, media_type: str) -> FileResponse:
    """An open file, which is closed once it is sent."""
    response = FileResponse(file, as_attachment=True, filename=Path(name).name, content_type=media_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
