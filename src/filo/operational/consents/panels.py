"""What a customer agreed to, on his card."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import fill
from filo.operational.consents.changed import register_changes
from filo.operational.parties.models import Party


def register() -> None:
    """Called once, when the program starts."""
    fill("parties.card.line", _by_phone, place=30)
    fill("parties.card.aside", _on_card, place=70)
    register_changes()


def _by_phone(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    """Beside the way to call him, for whoever is about to; asked for by itself, so that the card stays quick."""
    if principal_in(request) is None or not isinstance(party, Party):
        return None
    return "consents/_by_phone_later.html", {"party": party}


def _on_card(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    if principal_in(request) is None or not isinstance(party, Party):
        return None
    return "consents/_on_card_later.html", {"party": party}
