"""The page with which a customer says that he wants no mails of this kind; mail programs press it for him."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from filo.collaborative.sequences.queries.running import enrolment_by_token
from filo.collaborative.sequences.services.stopping import refuse_more
from filo.foundation.access.principal import system
from filo.foundation.errors import NotFound
from filo.foundation.web.requests import public


@public
@csrf_exempt  # RFC 8058: mail programs post here without having opened a page; the signed link is what is checked
@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing, since programs that scan mails open every link; one press does."""
    enrolment = enrolment_by_token(token)
    if enrolment is None:
        raise NotFound
    if request.method == "POST":
        refuse_more(system("customer"), enrolment)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    with translation.override(chosen if chosen in dict(settings.LANGUAGES) else enrolment.language):
        return render(request, "sequences/refuse.html", {"token": token, "done": request.method == "POST"})
