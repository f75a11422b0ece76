"""Files of an interaction."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse
from django.views.decorators.http import require_GET

from filo.foundation.errors import NotFound
from filo.foundation.files.answering import answer_file
from filo.foundation.web.requests import StaffRequest
from filo.operational.interactions.queries import seen_interaction


@require_GET
def file(request: StaffRequest, interaction_id: UUID, row_id: UUID) -> FileResponse:
    """A file of it, for keeping or, if it is a picture, for looking at."""
    found = seen_interaction(request.principal, interaction_id)
    row = found.files.select_related("file").filter(pk=row_id).first()
    if row is None:
        raise NotFound
    return answer_file(row.file, inline=True)
