"""The mail in the rail, the kinds on the timeline, the notices."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from filo.collaborative.inbox.arriving import register_arrivals
from filo.collaborative.inbox.changed import register_changes
from filo.collaborative.inbox.figures import declare_figures
from filo.collaborative.inbox.findable import declare_words
from filo.collaborative.inbox.queries.boxes import seen_conversation, waiting_for
from filo.collaborative.inbox.queries.of_tickets import talks_of_ticket
from filo.collaborative.inbox.services.taking_back import register_undo
from filo.collaborative.inbox.telling import declare_notices
from filo.collaborative.inbox.words import address_of, answered_by_itself, wrote
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.push import topics
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.parties.models import Party
from filo.operational.parties.timeline_kinds import TimelineKind, register_channel
from filo.operational.parties.timeline_kinds import register as register_kind


def register() -> None:
    """Called once, when the program starts."""
    declare_notices()
    register_changes()
    register_undo()
    declare_words()
    register_arrivals()
    declare_figures()
    add_entry(
        "rail",
        Entry("/inbox", "mails", _("Mail"), _may_read, place=30, foot=4, counted=waiting_for, key="g i"),
    )
    add_entry("new", Entry("/inbox/new", "send", _("Mail"), _may_write, place=22))
    add_entry(
        "settings",
        Entry(
            "/inbox/texts",
            "text-quote",
            _("Texts kept ready"),
            lambda principal: principal.may("settings", "view"),
            place=55,
            hint=_("What is answered again and again, written once"),
        ),
    )
    add_command(
        Command(
            "mail.about",
            _("Write a mail"),
            "send",
            lambda _principal, card: f"/inbox/new?party={card.party.id}" if card else "",
            _may_write,
            words="scrivi mail posta messaggio email write message",
            key="w",
            subject="party",
            place=22,
        )
    )
    fill("parties.card.aside", _talks_of_party, place=85)
    fill("parties.card.write", _write_to)
    fill("service.ticket.main", _talks_of_ticket)
    topics.register("conversation", _may_listen)
    topics.register("inbox", lambda principal, _all: _may_read(principal))
    register_channel("mail", _("E-mail"))
    register_channel("form", _("Form"))
    register_channel("page", _("Page of the request"))
    register_kind("message.message", TimelineKind("mail", wrote, url=address_of))
    register_kind("message.automatic", TimelineKind("bot", answered_by_itself, url=address_of))


def _may_read(principal: Principal) -> bool:
    return principal.may("conversation", "view") or principal.may("correspondence", "view")


def _may_write(principal: Principal) -> bool:
    return principal.may("conversation", "create") or principal.may("correspondence", "create")


def _talks_of_party(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not _may_read(principal) or not isinstance(party, Party):
        return None
    return "inbox/_on_card_later.html", {"party": party, "may_write": _may_write(principal)}


def _write_to(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not _may_write(principal):
        return None
    return "inbox/_write.html", {"party": party}


def _talks_of_ticket(request: HttpRequest, ticket: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not _may_read(principal):
        return None
    talks = talks_of_ticket(principal, ticket)
    return ("inbox/_on_ticket.html", {"talks": talks}) if talks else None


def _may_listen(principal: Principal, reference: str) -> bool:
    try:
        seen_conversation(principal, UUID(reference))
    except (NotFound, ValueError):
        return False
    return True
