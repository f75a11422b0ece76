"""The door that exchanges post to."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from filo.collaborative.telephony.providers.contract import Forged, Message
from filo.collaborative.telephony.queries.exchanges import line_with
from filo.collaborative.telephony.services import receive
from filo.foundation.errors import NotFound, TooMany
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import public

MOST_BYTES = 64 * 1024
FORGERIES, MESSAGES = (60, 60), (3000, 60)  # times, within seconds, from one address


@csrf_exempt  # an exchange posts here; its signature over the message is what is checked
@public
@require_POST
def hook(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """A message of an exchange. 400: it is not its, and nothing was kept; 429: too many came from there."""
    if not may_once_more(request, "telephony.hook", MESSAGES):
        raise TooMany(retry_after=10)
    line = line_with(line_id)
    if line is None:
        raise NotFound
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return HttpResponse("too long", status=413, content_type="text/plain")
    headers = {name.lower(): value for name, value in request.headers.items()}
    url = f"{settings.SITE_URL.rstrip('/')}{request.get_full_path()}"
    try:
        kind, text = receive(line, Message(url, headers, body, timezone.now()))
    except Forged as error:
        if not may_once_more(request, "telephony.forged", FORGERIES):
            raise TooMany(retry_after=60) from None
        return HttpResponse(error.reason, status=400, content_type="text/plain")
    return HttpResponse(text, content_type=kind)
