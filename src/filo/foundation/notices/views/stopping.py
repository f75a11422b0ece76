"""The page on which a digest is ended without signing in, and what mail programs press by themselves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from filo.foundation.errors import NotFound
from filo.foundation.notices.services.digesting import end_digest, is_digest_token
from filo.foundation.web.requests import public


@public
@csrf_exempt  # a mail program posts here (RFC 8058); the signature in the link is what is checked
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it ends nothing, since programs that scan mails open every link; one press does."""
    if request.method == "POST":
        if not end_digest(token):
            raise NotFound
        return render(request, "notices/digest_stop.html", {"ended": True})
    if not is_digest_token(token):
        raise NotFound
    return render(request, "notices/digest_stop.html", {"ended": False})
