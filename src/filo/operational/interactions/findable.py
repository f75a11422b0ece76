"""What was said with customers, found by its words by whoever may read it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.search import services as search
from filo.foundation.search.excerpts import excerpt
from filo.foundation.search.filling import Filler, register_filler
from filo.foundation.search.lookups import Group
from filo.foundation.search.queries import notes_among
from filo.foundation.search.sources import Line, Sought, register_source
from filo.foundation.sizes import rows_about
from filo.operational.interactions.models import Interaction, InteractionQuerySet
from filo.operational.interactions.words import ICONS
from filo.operational.parties.models import Party

KIND, VERSION = "interaction", 1
MOST_LOOKED_AT, LATEST = 2_000, 2_000


def text_of(found: Interaction) -> str:
    """What it says: subject and body, and its files."""
    files = [f"{row.file.name}\n{row.text}" for row in found.files.select_related("file")]
    return "\n".join([found.subject, found.body, *files])


def interactions_found(principal: Principal, sought: Sought, limit: int) -> list[Line]:
    """Those that hold the words, the latest first; words that half of them hold are looked for in the latest alone."""
    if not principal.may("interaction", "view"):
        return []
    seen = Interaction.objects.visible_to(principal)
    hits = sought.ids(KIND, most=MOST_LOOKED_AT)
    if len(hits) > MOST_LOOKED_AT:
        latest = seen.order_by("-at", "-pk").values_list("pk", flat=True)[:LATEST]
        hits = list(notes_among(KIND, sought.stems, latest).values_list("object_id", flat=True))
    return [_line(found, sought.stems) for found in _latest(principal, seen, hits)[:limit]] if hits else []


def _latest(principal: Principal, seen: InteractionQuerySet, ids: Sequence[UUID]) -> InteractionQuerySet:
    found = seen.filter(pk__in=ids, party__in=Party.objects.visible_to(principal))
    return found.select_related("party").order_by("-at", "-pk")


def _line(found: Interaction, stems: Sequence[Group]) -> Line:
    return Line(
        KIND,
        found.id,
        found.party_id,
        found.party.display_name,
        found.get_channel_display(),
        ICONS[found.channel],
        excerpt(text_of(found), stems),
        f"/interactions/{found.id}",
        found.at,
    )


def make_findable(after: UUID | None, number: int) -> list[UUID]:
    """The next interactions in the order of their ids, locked; gives their ids."""
    rows = Interaction.objects.order_by("pk").select_for_update(no_key=True)
    found = list((rows.filter(pk__gt=after) if after else rows)[:number])
    search.note(KIND, {one.id: text_of(one) for one in found})
    return [one.id for one in found]


def declare_words() -> None:
    """Called once, when the program starts."""
    register_source(KIND, interactions_found)
    total = lambda: rows_about(Interaction) or Interaction.objects.count()  # noqa: E731
    register_filler(Filler(KIND, VERSION, total=total, fill=make_findable))
