"""Refusals that only the API knows."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.errors import DomainError, Forbidden


class Unauthenticated(DomainError):
    """No token, or one that is not (or no longer) known."""

    code, status = "unauthenticated", 401
    sentence = gettext_lazy("Send a valid token: Authorization: Bearer TOKEN.")


class ScopeMissing(Forbidden):
    """The token is good, but was not made for this; `scope` is what it lacks."""

    code = "scope-missing"

    def __init__(self, scope: str) -> None:
        super().__init__(_("This token lacks the scope “%(scope)s”.") % {"scope": scope})
        self.scope = scope


class MethodNotAllowed(DomainError):
    """The address exists, but not for this method."""

    code, status = "method-not-allowed", 405
    sentence = gettext_lazy("This address does not take this method.")

    def __init__(self, allowed: str) -> None:
        super().__init__()
        self.allowed = allowed


class TooLarge(DomainError):
    """The body is larger than a request may be."""

    code, status = "too-large", 413
    sentence = gettext_lazy("This is more than one request may carry.")


class KeyReused(DomainError):
    """An idempotency key came back with another request."""

    code, status = "idempotency-key-reused", 422
    sentence = gettext_lazy("This idempotency key was already used for a different request.")


class InProgress(DomainError):
    """The first request with this key is still being answered."""

    code, status = "idempotency-in-progress", 409
    sentence = gettext_lazy("The first request with this idempotency key is still at work. Ask again in a moment.")


class Unexpected(DomainError):
    """Something broke; the log knows what, under the id of the request."""

    code, status = "unexpected", 500
    sentence = gettext_lazy("Something broke on our side. Quote the request id when you ask.")
