"""The columns that the list of requests can show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation import clock
from filo.foundation.lists.columns import Column, ColumnSet
from filo.foundation.web.templatetags.web import ago, icon, short_day
from filo.operational.parties.addresses import party_url
from filo.operational.service.filters import CHANNELS
from filo.operational.service.models import Ticket
from filo.operational.service.queries.listing import Row
from filo.operational.service.words import moment_words

_MEANS = {"new": "info", "open": "thread", "waiting": "", "solved": "good", "closed": ""}
_BADGE = '<span class="badge" data-mean="{}">{}{}</span>'
_CHANNELS = dict(CHANNELS)


def _subject(row: Row) -> SafeString:
    ticket = row.ticket
    address = reverse("service:ticket", args=[ticket.id])
    words = '<a class="ticket-line" href="{}"><span class="num muted">{}</span> <b>{}</b></a>'
    return format_html(words, address, ticket.number, ticket.subject)


def _party(row: Row) -> SafeString | str:
    if row.party and row.ticket.party_id:
        return format_html('<a href="{}">{}</a>', party_url(row.ticket.party_id), row.party)
    return row.ticket.contact_address


def state_badge(ticket: Ticket) -> SafeString:
    """The state in a word, and whom it waits for."""
    words = ticket.get_state_display()
    if ticket.waiting_on:
        words = _("Waits: %(whom)s") % {"whom": ticket.get_waiting_on_display().lower()}
    return format_html(_BADGE, _MEANS[ticket.state], "", words)


def priority_badge(ticket: Ticket) -> SafeString | str:
    """The priority, where it is not the usual one."""
    if ticket.priority == "normal":
        return ticket.get_priority_display()
    mean = {"urgent": "bad", "high": "warn"}.get(ticket.priority, "")
    sign = icon("triangle-alert") if ticket.priority == "urgent" else ""
    return format_html(_BADGE, mean, sign, ticket.get_priority_display())


def _due(row: Row) -> SafeString | str:
    """What is owed next: the answer, then the solution; in words, and in colour when it is late."""
    ticket = row.ticket
    if not ticket.is_open:
        return ""
    if ticket.paused_at:
        return format_html('<span class="muted">{}</span>', _("stands still"))
    owed = ticket.owed_by
    if owed is None:
        return ""
    warned = ticket.warn_respond_at if ticket.responded_at is None else ticket.warn_solve_at
    mean = "bad" if owed < clock.now() else "warn" if warned and warned < clock.now() else ""
    return format_html(_BADGE, mean, icon("clock") if mean else "", moment_words(owed))


def _fact(name: str) -> Callable[[Row], Any]:
    return lambda row: str(getattr(row.ticket, name) or "")


def _day(name: str) -> Callable[[Row], str]:
    return lambda row: short_day(getattr(row.ticket, name))


TICKET_COLUMNS = ColumnSet.of(
    Column("subject", gettext_lazy("Request"), _subject, sort="-number"),
    Column("party", gettext_lazy("Customer"), _party),
    Column("state", gettext_lazy("State"), lambda row: state_badge(row.ticket)),
    Column("due", gettext_lazy("Owed by"), _due, sort="due"),
    Column("priority", gettext_lazy("Priority"), lambda row: priority_badge(row.ticket)),
    Column(
        "assignee",
        pgettext_lazy("a request", "Who has it"),
        lambda row: row.ticket.assignee.name if row.ticket.assignee else "",
    ),
    Column("group", gettext_lazy("Group"), _fact("group"), style="muted"),
    Column("type", gettext_lazy("Type"), lambda row: row.ticket.get_type_display()),
    Column(
        "opened",
        pgettext_lazy("a moment", "Opened"),
        lambda row: ago(row.ticket.opened_at),
        sort="-opened",
        style="muted",
    ),
    Column("product", gettext_lazy("Product"), _fact("product")),
    Column("company", gettext_lazy("Company"), _fact("company")),
    Column("channel", gettext_lazy("Came by"), lambda row: str(_CHANNELS.get(row.ticket.channel, row.ticket.channel))),
    Column("solved", pgettext_lazy("a moment", "Solved"), _day("solved_at"), style="muted"),
    Column("reason", gettext_lazy("Closed because"), _fact("close_reason")),
    usual=("party", "state", "due", "priority", "assignee", "opened"),
)
