"""What colleagues wrote on the cards of customers, found by its words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.search.excerpts import excerpt
from filo.foundation.search.lookups import Group
from filo.foundation.search.sources import Line, Sought, register_source
from filo.operational.parties.models import Party

MOST_LOOKED_AT = 1_000


def notes_found(principal: Principal, sought: Sought, limit: int) -> list[Line]:
    """The notes on visible cards, for whoever may read notes."""
    if "notes" in principal.hidden("party"):
        return []
    ids = sought.ids("party", most=MOST_LOOKED_AT)
    if not ids:
        return []
    found = Party.objects.visible_to(principal).filter(pk__in=ids).order_by("-updated_at", "-pk")[:limit]
    return [_line(party, sought.stems) for party in found]


def _line(party: Party, stems: Sequence[Group]) -> Line:
    pieces = excerpt(party.notes, stems)
    url = f"/parties/{party.id}"
    return Line("note", party.id, party.id, party.display_name, _("On the card"), "pencil-line", pieces, url)


def declare_notes() -> None:
    """Called once, when the program starts."""
    register_source("note", notes_found)
