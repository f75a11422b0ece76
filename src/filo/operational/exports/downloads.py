"""Files on their way to a browser or a program: as attachments, and never to be opened as a page of ours."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from django.http import FileResponse  # noqa: TID251  (both doors hand out the same file)

from filo.foundation.errors import NotFound
from filo.operational.exports.formats import FORMATS
from filo.operational.exports.models import Export


def file_of(export: Export) -> FileResponse:
    """The file of an export. Raises `NotFound` when there is none (any more)."""
    form = FORMATS.get(export.form)
    if not export.has_file or form is None or not export.path.is_file():
        raise NotFound
    return attachment(export.path.open("rb"), export.file_name, form.media_type)


def attachment(file: BinaryIO, name: str, media_type: str) -> FileResponse:
    """An open file, which is closed once it is sent."""
    response = FileResponse(file, as_attachment=True, filename=Path(name).name, content_type=media_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
