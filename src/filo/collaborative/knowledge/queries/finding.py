"""Articles that hold what somebody looks for, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from filo.collaborative.knowledge.findable import holding
from filo.collaborative.knowledge.marks import as_words
from filo.collaborative.knowledge.models import Article
from filo.foundation import clock
from filo.foundation.folding import words
from filo.foundation.search.excerpts import Piece, excerpt
from filo.foundation.search.lookups import Group
from filo.foundation.search.typed import stems_of

MOST_WEIGHED = 300


@dataclass(frozen=True)
class Hit:
    """An article, its title in the reader's language, and the line that holds the words, with these marked."""

    article: Article
    title: str
    pieces: tuple[Piece, ...]


def with_words(found: QuerySet[Article], text: str) -> QuerySet[Article]:
    """Those of some articles that hold a form of every word; all of them for no word."""
    stems = stems_of(text)
    return found.filter(holding(stems)) if stems else found


def hits(found: QuerySet[Article], text: str, *, language: str, limit: int) -> list[Hit]:
    """The likeliest of some articles for what was typed: words of the title weigh most, then those of phrasings."""
    stems = stems_of(text)
    if not stems:
        return []
    # The latest of very many: whoever types one common word has not said yet what he looks for.
    rows = found.filter(holding(stems)).prefetch_related("texts", "phrasings").order_by("-updated_at", "-id")
    weighed = sorted(rows[:MOST_WEIGHED], key=lambda one: -_weight(one, stems))
    return [hit_of(one, stems, language) for one in weighed[:limit]]


def hit_of(article: Article, stems: Sequence[Group], language: str) -> Hit:
    """An article as a line of what was found."""
    text = article.text_in(language)
    if text is None:
        return Hit(article, article.code, ())
    said = f"{as_words(text.answer)}\n" + "\n".join(as_words(part) for part in text.body.split("\n\n"))
    return Hit(article, text.title, excerpt(said, stems))


def told_hits(text: str, *, language: str, limit: int, audience: str = "public") -> list[Hit]:
    """The same of what an audience may read and what is not over."""
    return hits(Article.objects.told_to(audience).holding(clock.today()), text, language=language, limit=limit)


def _weight(article: Article, stems: Sequence[Group]) -> float:
    title = [word for text in article.texts.all() for word in words(text.title)]
    ways = [word for way in article.phrasings.all() for word in words(way.text)]
    first = sum(_met(group, title) for group in stems) / len(stems)
    second = sum(_met(group, ways) for group in stems) / len(stems)
    return 3 * first + second + min(article.helpful, 50) / 100


def _met(group: Group, said: Sequence[str]) -> bool:
    beginnings = tuple(word.removesuffix("*") for word in group)
    return any(word.startswith(beginnings) for word in said)


def ids_in_order(rows: Sequence[Article], ids: Sequence[UUID]) -> list[Article]:
    """Articles in the order of some ids."""
    known = {row.pk: row for row in rows}
    return [known[one] for one in ids if one in known]
