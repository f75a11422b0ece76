"""What requests show on the pages of others: the rail, cards, the palette, notices, the settings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.lists.registry import KnownList
from filo.foundation.lists.registry import register as register_list
from filo.foundation.push import topics
from filo.foundation.web.commands import Command, add_command, add_finder
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.parties.models import Party
from filo.operational.parties.timeline_kinds import TimelineKind
from filo.operational.parties.timeline_kinds import register as register_kind
from filo.operational.service.changed import register_changes
from filo.operational.service.findable import declare_words
from filo.operational.service.models import Ticket
from filo.operational.service.queries.finding import ticket_by_number
from filo.operational.service.queries.page import my_requests
from filo.operational.service.services.taking_back import register_undo
from filo.operational.service.telling import declare_notices


def register() -> None:
    """Called once, when the program starts."""
    declare_notices()
    declare_words()
    register_changes()
    register_undo()
    register_list(KnownList("tickets", "/tickets", gettext_lazy("Requests"), "life-buoy"))
    topics.register("ticket", _may_listen)
    _add_links()
    _add_commands()
    fill("parties.card.aside", _open_on_card, place=90)
    address = lambda entry: f"/tickets/{entry.reference_id}"  # noqa: E731
    register_kind("ticket.opened", TimelineKind("life-buoy", lambda _entry: _("has a new request"), url=address))
    register_kind("ticket.solved", TimelineKind("circle-check", lambda _entry: _("solved the request"), url=address))
    register_kind("ticket.reopened", TimelineKind("undo-2", lambda _entry: _("has the request again"), url=address))


def _add_links() -> None:
    add_entry(
        "rail",
        Entry(
            "/tickets",
            "life-buoy",
            gettext_lazy("Requests"),
            _sees,
            place=31,
            foot=6,
            counted=my_requests,
            key="g r",
        ),
    )
    add_entry(
        "new",
        Entry("/tickets/new", "life-buoy", gettext_lazy("Request"), lambda p: p.may("ticket", "create"), place=25),
    )
    add_entry(
        "settings",
        Entry(
            "/settings/service",
            "life-buoy",
            gettext_lazy("Requests of customers"),
            lambda p: p.may("settings", "view"),
            place=46,
            hint=gettext_lazy("Groups, targets, macros, reasons for closing, causes of complaints"),
        ),
    )


def _add_commands() -> None:
    add_finder(_by_number)
    add_command(
        Command(
            "ticket.about",
            gettext_lazy("Open a request"),
            "life-buoy",
            lambda _principal, card: f"/tickets/new?party={card.party.id}" if card else "",
            lambda principal: principal.may("ticket", "create"),
            words="richiesta assistenza reclamo guasto reso ticket request complaint new nuova",
            key="r",
            subject="party",
            place=25,
        )
    )
    for code, label, url, words, place in (
        ("ticket.mine", gettext_lazy("My requests"), "/tickets?open=yes&assignee=me", "ticket assistenza mie", 34),
        ("ticket.report", gettext_lazy("Service level"), "/tickets/report", "sla livello servizio report tempi", 62),
        ("ticket.complaints", gettext_lazy("Complaints"), "/tickets/complaints", "reclami pareto cause", 63),
    ):
        add_command(Command(code, label, "life-buoy", url, _sees, words=words, place=place))


def _sees(principal: Principal) -> bool:
    return principal.may("ticket", "view")


def _by_number(principal: Principal, text: str) -> list[Command]:
    """The request whose number was typed, whatever stands around it."""
    found = ticket_by_number(text) if _sees(principal) else None
    if found is None or not Ticket.objects.visible_to(principal).filter(pk=found.pk).exists():
        return []
    return [Command(f"ticket:{found.id}", str(found), "life-buoy", f"/tickets/{found.id}", hint=_("Request"))]


def _may_listen(principal: Principal, ticket_id: str) -> bool:
    return Ticket.objects.visible_to(principal).filter(pk=UUID(ticket_id)).exists()


def _open_on_card(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not _sees(principal) or not isinstance(party, Party):
        return None
    return "service/_on_card_later.html", {"party": party}
