"""Deals, found by the words of their title, what they are about and what comes next, by whoever may see them."""

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
from filo.operational.deals.models import Deal
from filo.operational.parties.queries.naming import names_of

KIND, VERSION = "deal", 1
MOST_LOOKED_AT, LATEST = 2_000, 2_000


def text_of(deal: Deal) -> str:
    """What it says."""
    return "\n".join([deal.title, deal.source, deal.next_step, deal.description])


def keep_words(deal: Deal) -> None:
    """Make a deal findable as it is now; verbs call it in their transaction."""
    search.note(KIND, {deal.pk: text_of(deal)})


def deals_with(principal: Principal, sought: Sought, limit: int) -> list[Line]:
    """Those that hold the words, the latest first; words that half of them hold are looked for in the latest alone."""
    if not principal.may("deal", "view"):
        return []
    seen = Deal.objects.visible_to(principal)
    hits = sought.ids(KIND, most=MOST_LOOKED_AT)
    if len(hits) > MOST_LOOKED_AT:
        latest = seen.order_by("-created_at", "-pk").values_list("pk", flat=True)[:LATEST]
        hits = list(notes_among(KIND, sought.stems, latest).values_list("object_id", flat=True))
    if not hits:
        return []
    found = list(seen.filter(pk__in=hits).order_by("-created_at", "-pk")[:limit])
    names = names_of(principal, {deal.party_id for deal in found})
    return [_line(deal, names, sought.stems) for deal in found]


def _line(deal: Deal, names: dict[UUID, str], stems: Sequence[Group]) -> Line:
    seen = deal.party_id if deal.party_id in names else None
    name = names[seen] if seen else deal.title
    said = excerpt(text_of(deal), stems)
    return Line(KIND, deal.id, seen, name, _("Deal"), "handshake", said, f"/deals/{deal.id}", deal.created_at)


def make_findable(after: UUID | None, number: int) -> list[UUID]:
    """The next deals in the order of their ids, locked; gives their ids."""
    rows = Deal.objects.order_by("pk").select_for_update(no_key=True)
    found = list((rows.filter(pk__gt=after) if after else rows)[:number])
    search.note(KIND, {one.pk: text_of(one) for one in found if one.deleted_at is None})
    return [one.pk for one in found]


def declare_words() -> None:
    """Called once, when the program starts."""
    register_source(KIND, deals_with)
    total = lambda: rows_about(Deal) or Deal.objects.count()  # noqa: E731
    register_filler(Filler(KIND, VERSION, total=total, fill=make_findable))
