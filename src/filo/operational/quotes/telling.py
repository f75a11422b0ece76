"""What people are told of quotes: opened, accepted, rejected, asked about, soon over; and what the digest says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.notices.digests import MOST_LINES, DigestPart, Line, declare_part
from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind, declare_subject
from filo.operational.quotes.models import OUT, Quote

VIEWED, ACCEPTED, REJECTED, QUESTION, EXPIRING = (
    "quote.viewed",
    "quote.accepted",
    "quote.rejected",
    "quote.question",
    "quote.expiring",
)
AHEAD = timedelta(days=3)


def declare_notices() -> None:
    """Called once, when the program starts."""
    declare_subject("quote", _seen)
    opened = _saying(lambda name: _("The customer opened the quote %(name)s") % {"name": name})
    taken = _saying(lambda name: _("Accepted: %(name)s") % {"name": name})
    refused = _saying(lambda name: _("Rejected: %(name)s") % {"name": name})
    asked = _saying(lambda name: _("The customer asks about the quote %(name)s") % {"name": name})
    soon = _saying(lambda name: _("Expires soon, not answered: %(name)s") % {"name": name})
    for code, label, icon, say, by_mail in (
        (VIEWED, gettext_lazy("A customer opened a quote"), "eye", opened, False),
        (ACCEPTED, gettext_lazy("A quote was accepted"), "badge-check", taken, True),
        (REJECTED, gettext_lazy("A quote was rejected"), "x", refused, True),
        (QUESTION, gettext_lazy("A customer asks about a quote"), "message-circle", asked, True),
        (EXPIRING, gettext_lazy("A quote expires soon"), "clock", soon, False),
    ):
        declare_kind(NoticeKind(code, label, icon, say, by_mail=by_mail))
    declare_part(DigestPart("quotes", gettext_lazy("Quotes that expire"), "/quotes?expiring=yes", _due), place=27)


def _saying(say: Callable[[str], str | Promise]) -> Callable[[Facts], str]:
    return lambda facts: str(say(facts.name))


def _seen(principal: Principal, ids: Collection[UUID]) -> Mapping[UUID, str]:
    return {quote.pk: str(quote) for quote in Quote.objects.visible_to(principal).filter(pk__in=ids)}


def _due(principal: Principal) -> list[Line]:
    if principal.user_id is None or not principal.may("quote", "view"):
        return []
    mine = Quote.objects.visible_to(principal).filter(owner=principal.user_id, state__in=OUT)
    rows = mine.filter(valid_until__lte=clock.today() + AHEAD).order_by("valid_until", "id")
    return [Line(str(quote), reverse("quotes:quote", args=[quote.id])) for quote in rows[:MOST_LINES]]
