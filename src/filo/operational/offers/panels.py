"""*Propose* on the card, offers in the palette, and how they are told in the story."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import fill
from filo.operational.parties.models import Party, TimelineEntry
from filo.operational.parties.timeline_kinds import TimelineKind
from filo.operational.parties.timeline_kinds import register as register_kind


def register() -> None:
    """Called once, when the program starts."""
    fill("parties.card.more", _button, place=9)
    add_command(
        Command(
            "offer.propose",
            gettext_lazy("Propose something"),
            "lightbulb",
            lambda _principal, card: f"/parties/{card.party.id}/propose" if card else "",
            lambda principal: principal.may("quote", "create"),
            words="proponi proposta offerta consiglia suggerisci propose offer suggest",
            subject="party",
            place=24,
        )
    )
    for code, label, url, place in (
        ("offers.list", gettext_lazy("Offers"), "/offers", 64),
        ("offers.report", gettext_lazy("How offers are taken"), "/offers/report", 65),
    ):
        add_command(
            Command(
                code,
                label,
                "lightbulb",
                url,
                lambda principal: principal.may("quote", "view"),
                words="offerte proposte accettazione offers acceptance",
                place=place,
            )
        )
    for code, icon, what in (
        ("made", "lightbulb", lambda _entry: _("proposed")),
        ("accepted", "badge-check", lambda _entry: _("took what was proposed")),
        ("refused", "x", lambda _entry: _("did not want what was proposed")),
        ("expired", "clock", lambda _entry: _("let a proposal expire")),
    ):
        register_kind(f"offer.{code}", TimelineKind(icon, what, url=_address))


def _address(entry: TimelineEntry) -> str:
    return f"/offers/{entry.reference_id}"


def _button(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not principal.may("quote", "create") or not isinstance(party, Party):
        return None
    return "offers/_button.html", {"party": party}
