"""How sockets learn who a visitor is, who may hear of his visit, and the browsers on a customer's card."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from filo.collaborative.visitors.door import visitor_in
from filo.collaborative.visitors.models import Visitor
from filo.collaborative.visitors.queries.here import hashed, link_principal, visitor_by_key
from filo.foundation.access.principal import Principal
from filo.foundation.organisation.queries import the_firm
from filo.foundation.push import identity, topics
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import fill
from filo.operational.parties.models import Party
from filo.operational.parties.timeline_kinds import TimelineKind
from filo.operational.parties.timeline_kinds import register as register_kind


def register() -> None:
    """Called once, when the program starts."""
    identity.use_visitors(_identify, _living)
    topics.register("visit", _may_hear)
    fill("site.firm", _firm)
    fill("site.who", _who, place=90)
    fill("site.foot", _kept, place=90)
    fill("parties.card.aside", _browsers, place=90)
    register_kind("visitor.recognised", TimelineKind("monitor-check", lambda _entry: _("came to our pages")))


def _identify(key: str) -> Principal | None:
    found = visitor_by_key(key)
    return link_principal(found) if found else None


def _living(keys: Collection[str]) -> set[str]:
    hashes = {hashed(key): key for key in keys}
    rows = Visitor.objects.filter(key_hash__in=hashes, ended_at=None).values_list("key_hash", flat=True)
    return {hashes[one] for one in rows}


def _may_hear(principal: Principal, reference: str) -> bool:
    """A visitor hears of his own visit alone; colleagues of those they may see."""
    if principal.kind == "link":
        return str(principal.also.get("visitor")) == reference
    return Visitor.objects.visible_to(principal).filter(pk=reference).exists()


def _who(request: HttpRequest, _subject: object) -> tuple[str, dict[str, Any]] | None:
    visitor = visitor_in(request)
    return ("visitors/_who.html", {"visitor": visitor, "party": visitor.known if visitor else None})


def _browsers(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    """Asked for when it comes into sight, so that the card stays quick."""
    if principal_in(request) is None or not isinstance(party, Party):
        return None
    return "visitors/_browsers_later.html", {"party": party}


def _firm(_request: HttpRequest, _subject: object) -> tuple[str, dict[str, Any]] | None:
    """The name of the firm, and its logo where its only company has one."""
    firm = the_firm()
    return "visitors/_firm.html", {"name": firm.name if firm else "Filo"}


def _kept(request: HttpRequest, _subject: object) -> tuple[str, dict[str, Any]] | None:
    return "visitors/_kept.html", {"visitor": visitor_in(request)}
