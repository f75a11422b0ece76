"""What the digest tells of deals: one's own whose next step is due, or of which nobody said it."""

from __future__ import annotations

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.notices.digests import MOST_LINES, DigestPart, Line, declare_part
from filo.operational.deals.models import Deal
from filo.operational.deals.queries.page import to_see_to


def declare_digest() -> None:
    """Called once, when the program starts."""
    declare_part(DigestPart("deals", gettext_lazy("Deals to go on with"), "/deals?owner=me&state=open", _due), place=25)


def _due(principal: Principal) -> list[Line]:
    rows = to_see_to(principal)
    if rows is None or not principal.may("deal", "view"):
        return []
    return [_line(deal) for deal in rows.order_by(F("next_on").asc(nulls_last=True), "id")[:MOST_LINES]]


def _line(deal: Deal) -> Line:
    step = deal.next_step or _("no next step")
    return Line(_("%(deal)s: %(step)s") % {"deal": deal.title, "step": step}, reverse("deals:deal", args=[deal.id]))
