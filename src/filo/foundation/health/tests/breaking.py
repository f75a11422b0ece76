"""The addresses of Filo, and one that breaks on what it was asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from filo.foundation.web.requests import public

TYPED = "mario@posta.example +39 333 1234567"
handler500 = "filo.foundation.web.errors.server_error"


@public
def breaks(request: HttpRequest, secret: str) -> HttpResponse:
    try:
        raise LookupError(f"no {request.GET['name']} with {secret}")
    except LookupError as error:
        raise ValueError(f"{request.GET['name']} {TYPED}") from error


urlpatterns = [path("breaks/<str:secret>", breaks, name="breaks"), path("", include("filo.config.urls"))]
