"""What this topic adds to the pages of others: who may be there twice, on cards, while typing, in the menus."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.foundation.work.results import lead_to
from filo.operational.parties.commands import on_card
from filo.operational.parties.models import Party
from filo.operational.parties.services.merging.moving import let_stay


def register() -> None:
    """Called once, when the program starts."""
    let_stay("doubles.DoublePair", "doubles.DoubleKey")
    fill("parties.card.aside", _on_card, place=90)
    fill("parties.card.more", _in_menu, place=20)
    fill("parties.new.check", _while_typing, place=10)
    hint = _("Customers who are there twice, and one card made of two")
    add_entry("settings", Entry("/duplicates", "copy", _("Doubles"), _may_look, place=72, hint=hint))
    add_command(
        Command("doubles", _("Doubles"), "copy", "/duplicates", _may_look, words="doppioni duplicati", place=45)
    )
    add_command(
        Command(
            "party.merge",
            _("Merge with another card"),
            "git-merge",
            on_card("/merge", if_may=lambda card: card.may_edit),
            _may_look,
            words="unisci doppione fondi merge duplicate",
            subject="party",
            place=75,
        )
    )
    lead_to("doubles.merge_many", lambda _job: "/duplicates")


def _may_look(principal: Principal) -> bool:
    return principal.may("party", "edit")


def _on_card(request: HttpRequest, party: Party) -> tuple[str, dict[str, Any]] | None:
    """Room for who may be the same customer: asked for once the card is there, since few cards have anybody."""
    principal = principal_in(request)
    return ("doubles/_room.html", {"party": party}) if principal and _may_look(principal) else None


def _in_menu(request: HttpRequest, party: Party) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    return ("doubles/_in_menu.html", {"party": party}) if principal and _may_look(principal) else None


def _while_typing(_request: HttpRequest, kind: str) -> tuple[str, dict[str, Any]] | None:
    return "doubles/_while_typing.html", {"kind": kind}
