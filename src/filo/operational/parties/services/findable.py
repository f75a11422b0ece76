"""Makes parties findable again whose words were made by older rules."""

from __future__ import annotations

from uuid import UUID

from filo.foundation.search import services as search
from filo.foundation.search.filling import Filler, register_filler
from filo.foundation.sizes import rows_about
from filo.operational.parties.models import Party
from filo.operational.parties.services.arrivals import words_from

# Higher when `words_of` gives other words: then those of all parties are made anew, in the background.
VERSION = 2


def make_findable(after: UUID | None, number: int) -> list[UUID]:
    """The next parties in the order of their ids, locked; gives their ids."""
    rows = Party.objects.order_by("pk").select_for_update(no_key=True)
    rows = rows.prefetch_related("contact_points", "addresses")
    found = list((rows.filter(pk__gt=after) if after else rows)[:number])
    living = [party for party in found if party.deleted_at is None]
    search.index("party", {party.id: _words_of(party) for party in living})
    search.note("party", {party.id: party.notes for party in found})
    return [party.id for party in found]


def _words_of(party: Party) -> str:
    return words_from(party, party.contact_points.all(), [row.city for row in party.addresses.all()])


def declare_words() -> None:
    """Called once, when the program starts."""
    register_filler(
        Filler("party", VERSION, total=lambda: rows_about(Party) or Party.objects.count(), fill=make_findable)
    )
