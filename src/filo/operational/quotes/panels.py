"""What quotes show on the pages of others: the rail, cards, deals, the palette, notices."""

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
from filo.operational.consents.queries import agrees
from filo.operational.deals.models import Deal
from filo.operational.parties.models import Party
from filo.operational.parties.timeline_kinds import TimelineKind
from filo.operational.parties.timeline_kinds import register as register_kind
from filo.operational.quotes.changed import register_changes
from filo.operational.quotes.findable import declare_words
from filo.operational.quotes.models import Quote
from filo.operational.quotes.queries.listing import NUMBER
from filo.operational.quotes.queries.page import accepted_of_deal, may_win, quotes_of_deal, to_see_to
from filo.operational.quotes.services.approving import register_approvals
from filo.operational.quotes.services.seeing import consents_asked_of
from filo.operational.quotes.services.taking_back import register_undo
from filo.operational.quotes.telling import declare_notices


def register() -> None:
    """Called once, when the program starts."""
    declare_words()
    declare_notices()
    register_approvals()
    register_changes()
    register_undo()
    consents_asked_of(agrees)
    register_list(KnownList("quotes", "/quotes", gettext_lazy("Quotes"), "file-text"))
    topics.register("quote", _may_listen)
    _add_links()
    _register_kinds()
    fill("parties.card.aside", _on_card, place=32)
    fill("deals.deal.aside", _of_deal, place=20)
    fill("deals.deal.main", _wins_deal, place=5)


def _register_kinds() -> None:
    for code, icon, what in (
        ("drafted", "pencil", lambda _entry: _("began a quote")),
        ("sent", "send", lambda _entry: _("sent the quote")),
        ("viewed", "eye", lambda _entry: _("opened the quote")),
        ("accepted", "badge-check", lambda _entry: _("accepted the quote")),
        ("rejected", "x", lambda _entry: _("rejected the quote")),
        ("question", "message-circle", lambda _entry: _("asked about the quote")),
        ("expired", "clock", lambda _entry: _("let the quote expire")),
        ("withdrawn", "undo-2", lambda _entry: _("withdrew the quote")),
    ):
        register_kind(f"quote.{code}", TimelineKind(icon, what, url=lambda entry: f"/quotes/{entry.reference_id}"))


def _add_links() -> None:
    add_entry(
        "rail", Entry("/quotes", "file-text", gettext_lazy("Quotes"), _sees, place=22, counted=to_see_to, key="g q")
    )
    add_entry("new", Entry("/quotes/new", "file-text", gettext_lazy("Quote"), _makes, place=22))
    words = "preventivo offerta proposta quote offer"
    label = gettext_lazy("New quote for this customer")
    add_command(Command("quote.new", label, "file-text", _new_for, _makes, words=words, subject="party", place=24))
    add_finder(_by_number)


def _new_for(_principal: Principal, card: Any) -> str:
    return f"/quotes/new?party={card.party.id}" if card else ""


def _by_number(principal: Principal, text: str) -> list[Command]:
    """The quotes whose number was typed."""
    named = NUMBER.search(text)
    if named is None or not _sees(principal):
        return []
    rows = Quote.objects.visible_to(principal).filter(year=int(named.group(1)), number=int(named.group(2)))
    found = rows.order_by("-revision")[:3]
    return [Command(f"quote:{one.id}", str(one), "file-text", f"/quotes/{one.id}", hint=_("Quote")) for one in found]


def _sees(principal: Principal) -> bool:
    return principal.may("quote", "view")


def _makes(principal: Principal) -> bool:
    return principal.may("quote", "create")


def _may_listen(principal: Principal, quote_id: str) -> bool:
    return Quote.objects.visible_to(principal).filter(pk=UUID(quote_id)).exists()


def _on_card(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not _sees(principal) or not isinstance(party, Party):
        return None
    return "quotes/_on_card_later.html", {"party": party}


def _of_deal(request: HttpRequest, deal: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not _sees(principal) or not isinstance(deal, Deal):
        return None
    context = {"deal": deal, "quotes": quotes_of_deal(principal, deal), "may_add": deal.is_open and _makes(principal)}
    return "quotes/_of_deal.html", context


def _wins_deal(request: HttpRequest, deal: Any) -> tuple[str, dict[str, Any]] | None:
    """The customer took a quote of an open deal: it can be won with what that comes to."""
    principal = principal_in(request)
    if principal is None or not _sees(principal) or not isinstance(deal, Deal) or not may_win(principal, deal):
        return None
    quote = accepted_of_deal(principal, deal)
    return ("quotes/_wins_deal.html", {"quote": quote}) if quote else None
