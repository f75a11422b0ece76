"""What a message brought with it: its files, and its look as its sender made it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from filo.collaborative.inbox.markup import page_of_mail
from filo.collaborative.inbox.queries.boxes import seen_conversation
from filo.collaborative.inbox.views.acts import message_in
from filo.foundation.errors import NotFound
from filo.foundation.files.answering import answer_file
from filo.foundation.web.requests import StaffRequest

# Nothing of a mail runs, is loaded from elsewhere or leads anywhere but to a new page.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src {images}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


@require_GET
def file(request: StaffRequest, conversation_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A file of a message."""
    found = seen_conversation(request.principal, conversation_id)
    rows = [row for message in found.messages.prefetch_related("files__file") for row in message.files.all()]
    row = next((row for row in rows if row.pk == file_id), None)
    if row is None:
        raise NotFound
    return answer_file(row.file, inline=bool(row.content_id))


@require_GET
@xframe_options_sameorigin
def look(request: StaffRequest, conversation_id: UUID, message_id: UUID) -> HttpResponse:
    """The message as its sender made it, cleaned, in a frame of its own; pictures from elsewhere when asked for."""
    conversation = seen_conversation(request.principal, conversation_id)
    message = message_in(conversation, message_id)
    pictures = request.GET.get("pictures") == "yes"
    answer = HttpResponse(page_of_mail(message, pictures=pictures), content_type="text/html; charset=utf-8")
    images = "'self' data: https:" if pictures else "'self' data:"
    answer["Content-Security-Policy"] = POLICY.format(images=images)
    answer["Referrer-Policy"] = "no-referrer"
    return answer
