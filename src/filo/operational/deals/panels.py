"""What deals show on the pages of others: the rail, cards, the palette, notices, the settings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.fields.entities import Entity
from filo.foundation.fields.entities import register as register_entity
from filo.foundation.lists.registry import KnownList
from filo.foundation.lists.registry import register as register_list
from filo.foundation.push import topics
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.deals.changed import register_changes
from filo.operational.deals.findable import declare_words
from filo.operational.deals.models import Deal
from filo.operational.deals.queries.page import to_see_to
from filo.operational.deals.services.changing import OWN
from filo.operational.deals.services.taking_back import register_undo
from filo.operational.deals.telling import declare_notices
from filo.operational.parties.models import Party, TimelineEntry
from filo.operational.parties.timeline_kinds import TimelineKind
from filo.operational.parties.timeline_kinds import register as register_kind


def register() -> None:
    """Called once, when the program starts."""
    declare_notices()
    declare_words()
    register_changes()
    register_undo()
    register_list(KnownList("deals", "/deals", gettext_lazy("Deals"), "handshake"))
    register_entity(Entity(OWN, _names, lambda deal_id: f"/deals/{deal_id}", label=gettext_lazy("Deals")))
    topics.register("deal", _may_listen)
    topics.register("pipeline", lambda principal, _key: principal.may("deal", "view"))
    _add_links()
    _add_commands()
    _register_kinds()
    fill("parties.card.aside", _open_on_card, place=30)


def _register_kinds() -> None:
    for code, icon, what in (
        ("opened", "handshake", lambda _entry: _("has a new deal")),
        ("moved", "arrow-right", _moved),
        ("won", "badge-check", lambda _entry: _("won the deal")),
        ("lost", "x", lambda _entry: _("lost the deal")),
        ("reopened", "undo-2", lambda _entry: _("opened the deal again")),
        ("note", "sticky-note", lambda _entry: _("noted about the deal")),
        ("step-done", "square-check", lambda _entry: _("did the next step of the deal")),
    ):
        register_kind(f"deal.{code}", TimelineKind(icon, what, url=lambda entry: f"/deals/{entry.reference_id}"))


def _moved(entry: TimelineEntry) -> str:
    names = entry.data.get("to") or ["", ""]
    english = (get_language() or "it").startswith("en")
    name = names[1] or names[0] if english else names[0]
    return _("moved the deal to “%(stage)s”") % {"stage": name}


def _add_links() -> None:
    add_entry(
        "rail",
        Entry(
            "/deals/board", "handshake", gettext_lazy("Deals"), _sees, place=20, foot=3, counted=to_see_to, key="g d"
        ),
    )
    add_entry(
        "settings",
        Entry(
            "/settings/deals",
            "handshake",
            gettext_lazy("Deals"),
            lambda principal: principal.may("settings", "view"),
            place=44,
            hint=gettext_lazy("Pipelines, stages, reasons of losses, points, who gets what"),
        ),
    )
    add_entry("new", Entry("/deals/new", "handshake", gettext_lazy("Deal"), _opens, place=18))


def _add_commands() -> None:
    add_command(
        Command(
            "deal.about",
            gettext_lazy("Open a deal"),
            "handshake",
            lambda _principal, card: f"/deals/new?party={card.party.id}" if card else "",
            _opens,
            words="trattativa opportunità affare deal opportunity new nuova",
            key="d",
            subject="party",
            place=18,
        )
    )
    for code, label, url, words, place in (
        ("deal.list", pgettext_lazy("command", "List of deals"), "/deals", "trattative elenco lista", 31),
        ("deal.mine", gettext_lazy("My deals"), "/deals?state=open&owner=me", "trattative mie opportunità", 32),
        ("deal.forecast", gettext_lazy("Forecast"), "/deals/forecast", "previsione vendite mesi forecast", 35),
        ("deal.report", gettext_lazy("Won and lost"), "/deals/report", "vinte perse motivi report", 36),
        ("deal.no-step", gettext_lazy("Deals without a next step"), "/deals?no_step=yes", "prossimo passo ferme", 33),
    ):
        add_command(Command(code, label, "handshake", url, _sees, words=words, place=place))


def _sees(principal: Principal) -> bool:
    return principal.may("deal", "view")


def _opens(principal: Principal) -> bool:
    return principal.may("deal", "create")


def _may_listen(principal: Principal, deal_id: str) -> bool:
    return _sees(principal) and Deal.objects.visible_to(principal).filter(pk=UUID(deal_id)).exists()


def _open_on_card(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not _sees(principal) or not isinstance(party, Party):
        return None
    return "deals/_on_card_later.html", {"party": party}


def _names(principal: Principal, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """The names of those deals that this principal sees, for fields of one's own."""
    seen = Deal.objects.visible_to(principal).filter(pk__in=ids)
    return dict(seen.values_list("pk", "title"))
