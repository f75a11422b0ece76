"""Refuses, with a sentence, the addresses that another role of `serve` answers."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from filo.config.roles import answers
from filo.foundation.errors import DomainError
from filo.foundation.rest.door import language_asked
from filo.foundation.rest.problems import problem
from filo.foundation.web.errors import error_page

Handler = Callable[[HttpRequest], HttpResponse]


class Elsewhere(DomainError):
    """This process does not answer this address."""

    code, status = "elsewhere", 421
    sentence = _("This address is answered by another part of Filo, not by this one.")


def at_home(get_response: Handler) -> Handler:
    """Stands before every page, so that a process of one role opens no door of another."""

    def handle(request: HttpRequest) -> HttpResponse:
        if answers(request.path):
            return get_response(request)
        if request.path.startswith("/api/"):
            with translation.override(language_asked(request)):
                return problem(request, Elsewhere())
        with translation.override(translation.get_language_from_request(request)):
            return error_page(request, Elsewhere())

    return handle
