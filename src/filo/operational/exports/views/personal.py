"""Everything about one person, in one press of a button."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse
from django.views.decorators.http import require_POST

from filo.foundation.web.requests import StaffRequest
from filo.operational.exports.downloads import attachment
from filo.operational.exports.services.personal import name_of_copy, take_personal_data
from filo.operational.parties.queries.find import seen_party


@require_POST
def take(request: StaffRequest, party_id: UUID) -> FileResponse:
    """The ZIP with all that is held about somebody."""
    party = seen_party(request.principal, party_id)
    return attachment(take_personal_data(request.principal, party), name_of_copy(party), "application/zip")
