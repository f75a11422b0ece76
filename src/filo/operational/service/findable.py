"""Requests, found by the words of who asked and of what was noted, by whoever may see them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.search import services as search
from filo.foundation.search.excerpts import excerpt
from filo.foundation.search.filling import Filler, register_filler
from filo.foundation.search.lookups import Group
from filo.foundation.search.queries import notes_among
from filo.foundation.search.sources import Line, Sought, register_source
from filo.foundation.sizes import rows_about
from filo.operational.parties.queries.naming import names_of
from filo.operational.service.models import Ticket

KIND, VERSION = "ticket", 1
MOST_LOOKED_AT, LATEST = 2_000, 2_000


def text_of(ticket: Ticket) -> str:
    """What it says: what is asked, about which product, and what was noted."""
    notes = ticket.notes.values_list("text", flat=True)
    return "\n".join([ticket.subject, ticket.product, ticket.description, *notes])


def keep_words(ticket: Ticket) -> None:
    """Make a request findable as it is now; verbs call it in their transaction."""
    search.note(KIND, {ticket.pk: text_of(Ticket.objects.get(pk=ticket.pk))})


def tickets_with(principal: Principal, sought: Sought, limit: int) -> list[Line]:
    """Those that hold the words, the latest first; words that half of them hold are looked for in the latest alone."""
    if not principal.may("ticket", "view"):
        return []
    seen = Ticket.objects.visible_to(principal)
    hits = sought.ids(KIND, most=MOST_LOOKED_AT)
    if len(hits) > MOST_LOOKED_AT:
        latest = seen.order_by("-opened_at", "-pk").values_list("pk", flat=True)[:LATEST]
        hits = list(notes_among(KIND, sought.stems, latest).values_list("object_id", flat=True))
    if not hits:
        return []
    found = list(seen.filter(pk__in=hits).order_by("-opened_at", "-pk")[:limit])
    names = names_of(principal, {ticket.party_id for ticket in found if ticket.party_id})
    return [_line(ticket, names, sought.stems) for ticket in found]


def _line(ticket: Ticket, names: dict[UUID, str], stems: Sequence[Group]) -> Line:
    seen = ticket.party_id if ticket.party_id in names else None
    return Line(
        KIND,
        ticket.id,
        seen,
        names[seen] if seen else ticket.number,
        _("Request"),
        "life-buoy",
        excerpt(text_of(ticket), stems),
        f"/tickets/{ticket.id}",
        ticket.opened_at,
    )


def make_findable(after: UUID | None, number: int) -> list[UUID]:
    """The next requests in the order of their ids, locked; gives their ids."""
    rows = Ticket.objects.order_by("pk").select_for_update(no_key=True)
    found = list((rows.filter(pk__gt=after) if after else rows)[:number])
    search.note(KIND, {one.pk: text_of(one) for one in found})
    return [one.pk for one in found]


def declare_words() -> None:
    """Called once, when the program starts."""
    register_source(KIND, tickets_with)
    total = lambda: rows_about(Ticket) or Ticket.objects.count()  # noqa: E731
    register_filler(Filler(KIND, VERSION, total=total, fill=make_findable))
