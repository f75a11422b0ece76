"""Files that are sent along."""

from __future__ import annotations

from uuid import UUID

from filo.foundation.files.services import store_file
from filo.foundation.web.requests import StaffRequest

MOST_FILES = 20


def uploaded(request: StaffRequest) -> list[tuple[UUID, str]]:
    """The files of a form, kept, as an answer names them."""
    kept = [
        store_file(upload.read(), name=upload.name or "", media_type=upload.content_type or "")
        for upload in request.FILES.getlist("files")[:MOST_FILES]
    ]
    return [(stored.id, stored.name) for stored in kept]
