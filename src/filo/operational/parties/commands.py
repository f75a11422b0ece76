"""What the palette can do about customers: what the palette knows of a card, and this topic's own commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.web.commands import Command, add_command, add_subject
from filo.operational.parties.models import Party, Relationship


@dataclass(frozen=True)
class Card:
    """A party that a command is about, with what may be done with it; `main` is its most advanced relationship."""

    party: Party
    main: Relationship | None
    may_edit: bool
    may_move: bool
    may_assign: bool


Address = Callable[[Principal, Any], str]


def on_card(ending: str, *, if_may: Callable[[Card], bool] = lambda _card: True) -> Address:
    """The address of a card with this ending, where it may be offered: `on_card("/edit", if_may=…)`."""
    return lambda _principal, card: f"/parties/{card.party.id}{ending}" if card and if_may(card) else ""


def _of_main(ending: str, *, if_may: Callable[[Card], bool]) -> Address:
    def address(_principal: Principal, card: Card | None) -> str:
        return f"/relationships/{card.main.id}/{ending}" if card and card.main and if_may(card) else ""

    return address


def _contact_of(_principal: Principal, card: Card | None) -> str:
    may = card is not None and card.may_edit and not card.party.is_person
    return f"/parties/new?kind=person&firm={card.party.id}" if card and may else ""


def _edits(principal: Principal) -> bool:
    return principal.may("party", "edit")


def register_commands() -> None:
    """Called once, when the program starts."""
    add_subject("party", _("On a customer's card"))
    for command in (*_ABOUT_A_PARTY, *_ANYWHERE):
        add_command(command)


_ABOUT_A_PARTY = (
    Command(
        "party.edit",
        _("Change the facts"),
        "pencil",
        on_card("/edit", if_may=lambda card: card.may_edit),
        _edits,
        words="modifica cambia dati anagrafica indirizzo telefono edit address phone",
        key="e",
        subject="party",
        place=40,
    ),
    Command(
        "party.stage",
        _("Move the stage"),
        "git-branch",
        _of_main("stage", if_may=lambda card: card.may_move),
        _edits,
        words="stadio fase avanza stage prospect",
        key="s",
        subject="party",
        place=50,
    ),
    Command(
        "party.assign",
        _("Hand over to somebody"),
        "user-check",
        _of_main("assign", if_may=lambda card: card.may_assign),
        lambda principal: principal.may("party", "assign"),
        words="assegna affida passa agente responsabile assign owner",
        key="a",
        subject="party",
        place=55,
    ),
    Command(
        "party.contact",
        _("Add a contact person"),
        "user-plus",
        _contact_of,
        lambda principal: principal.may("party", "create") and _edits(principal),
        words="nuovo contatto referente new",
        subject="party",
        place=60,
    ),
    Command(
        "party.relation",
        _("Add a relation"),
        "link-2",
        on_card("/relations/new", if_may=lambda card: card.may_edit),
        _edits,
        words="collega legame link",
        subject="party",
        place=65,
    ),
    Command(
        "party.relationship",
        _("Add a company or product line"),
        "handshake",
        on_card("/relationships/new", if_may=lambda card: card.may_edit),
        _edits,
        words="rapporto relationship",
        subject="party",
        place=70,
    ),
    Command(
        "party.access",
        _("Who can see this?"),
        "eye",
        on_card("/access"),
        lambda principal: principal.may("party", "assign"),
        words="visibilita permessi accesso rights access",
        subject="party",
        place=80,
    ),
)
_ANYWHERE = (
    Command(
        "party.mine",
        _("My customers"),
        "user",
        "/parties?owner=me",
        lambda principal: principal.user_id is not None and principal.may("party", "view"),
        words="miei mine",
        key="g v",
        place=20,
    ),
)
