"""Quotes, found by their number and the words of their title and lines, by whoever may see them."""

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
from filo.operational.quotes.models import Quote

KIND, VERSION = "quote", 1
MOST_LOOKED_AT, LATEST, MOST_WORDS = 2_000, 2_000, 20_000


def text_of(quote: Quote) -> str:
    """What it says: its number, what it is about, what is offered, and what was noted."""
    lines = quote.lines.values_list("code", "description")
    told = [f"{code} {description}" for code, description in lines]
    number = f"{quote.year}/{quote.number}" if quote.number else ""
    return "\n".join([number, quote.title, quote.notes, quote.internal_note, *told])[:MOST_WORDS]


def keep_words(quote: Quote) -> None:
    """Make a quote findable as it is now; verbs call it in their transaction."""
    search.note(KIND, {quote.pk: text_of(quote)})


def quotes_with(principal: Principal, sought: Sought, limit: int) -> list[Line]:
    """Those that hold the words, the latest first; words that half of them hold are looked for in the latest alone."""
    if not principal.may("quote", "view"):
        return []
    seen = Quote.objects.visible_to(principal)
    hits = sought.ids(KIND, most=MOST_LOOKED_AT)
    if len(hits) > MOST_LOOKED_AT:
        latest = seen.order_by("-created_at", "-pk").values_list("pk", flat=True)[:LATEST]
        hits = list(notes_among(KIND, sought.stems, latest).values_list("object_id", flat=True))
    if not hits:
        return []
    found = list(seen.filter(pk__in=hits).order_by("-created_at", "-pk")[:limit])
    names = names_of(principal, {quote.party_id for quote in found})
    return [_line(quote, names, sought.stems) for quote in found]


def _line(quote: Quote, names: dict[UUID, str], stems: Sequence[Group]) -> Line:
    return Line(
        KIND,
        quote.id,
        quote.party_id if quote.party_id in names else None,
        names.get(quote.party_id) or quote.name,
        _("Quote"),
        "file-text",
        excerpt(text_of(quote), stems),
        f"/quotes/{quote.id}",
        quote.created_at,
    )


def make_findable(after: UUID | None, number: int) -> list[UUID]:
    """The next quotes in the order of their ids, locked; gives their ids."""
    rows = Quote.objects.order_by("pk").select_for_update(no_key=True)
    found = list((rows.filter(pk__gt=after) if after else rows)[:number])
    search.note(KIND, {one.pk: text_of(one) for one in found})
    return [one.pk for one in found]


def declare_words() -> None:
    """Called once, when the program starts."""
    register_source(KIND, quotes_with)
    total = lambda: rows_about(Quote) or Quote.objects.count()  # noqa: E731
    register_filler(Filler(KIND, VERSION, total=total, fill=make_findable))
