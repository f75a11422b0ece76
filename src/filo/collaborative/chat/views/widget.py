"""The one script tag for any site: a button, and the talk in a frame once it is pressed."""

from __future__ import annotations

import json

from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from filo.collaborative.chat.models import ChatPlace
from filo.foundation.errors import NotFound
from filo.foundation.web.requests import public
from filo.foundation.web.templatetags.web import asset

KEPT_SECONDS = 300


@public
@require_GET
def script(request: HttpRequest) -> HttpResponse:
    """What belongs to this place, and the script that is the same for all: a module, which asks for nothing more until
    somebody presses the button.
    """
    place = ChatPlace.objects.filter(code=request.GET.get("place", "")[:40], active=True).first()
    if place is None:
        raise NotFound
    words = {}
    for language in ("it", "en"):
        with override(language):
            words[language] = {"open": _("Talk to a person"), "close": _("Close the chat"), "chat": _("Chat")}
    ours = str(django_settings.SITE_URL).rstrip("/")
    told = {"frame": f"{ours}/p/chat/at/{place.code}", "origin": ours, "words": words}
    text = f"import({json.dumps(ours + static(asset('widget.js').removeprefix('/static/')))})"
    body = f"{text}.then((filo) => filo.show({json.dumps(told)}));\n"
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
