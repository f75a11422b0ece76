"""What people did not find, put together where they asked the same; and articles that did not help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from filo.collaborative.knowledge.models import Article, AskedQuestion, Vote
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.folding import words
from filo.foundation.search.typed import stem

MOST_READ, MOST_SHOWN = 5_000, 100
# Words that a question has whatever it asks.
_EMPTY = frozenset(
    (
        *(
            "a",
            "ad",
            "al",
            "alla",
            "che",
            "chi",
            "ci",
            "come",
            "con",
            "cosa",
            "da",
            "dei",
            "del",
            "della",
            "di",
            "dove",
        ),
        *("e", "ho", "i", "il", "in", "io", "la", "le", "lo", "mi", "mio", "mia", "nel", "o", "per", "posso", "quando"),
        *("quanto", "se", "si", "sono", "su", "un", "una", "un", "vorrei", "vi", "and", "are", "can", "do", "does"),
        *("for", "from", "have", "how", "is", "it", "my", "of", "on", "or", "the", "there", "to", "what", "when"),
        *("where", "with", "you", "your"),
    )
)


@dataclass(frozen=True)
class Unanswered:
    """Questions that are the same but for their form: the latest as it was typed, and which article came nearest."""

    text: str
    language: str
    number: int
    latest: datetime
    nearest: Article | None
    others: Sequence[str]


@dataclass(frozen=True)
class Asked:
    """How many questions were asked in some days, and how many were answered."""

    number: int
    answered: int

    @property
    def percent(self) -> int:
        """Of a hundred questions."""
        return round(100 * self.answered / self.number) if self.number else 0


def unanswered(principal: Principal, *, days: int) -> list[Unanswered]:
    """What was asked in these days and not answered, the most frequent first."""
    since = clock.now() - timedelta(days=days)
    rows = AskedQuestion.objects.filter(understood=False, at__gte=since).order_by("-at", "-id")[:MOST_READ]
    groups: dict[tuple[str, ...], list[AskedQuestion]] = {}
    for row in rows:
        groups.setdefault(_kernel(row.text), []).append(row)
    ordered = sorted(groups.values(), key=lambda group: (-len(group), -group[0].at.timestamp()))[:MOST_SHOWN]
    near = {group[0].article_id for group in ordered if group[0].article_id}
    seen = {row.pk: row for row in Article.objects.visible_to(principal).for_list().filter(pk__in=near)}
    return [_told(group, seen) for group in ordered]


def asked_in(days: int) -> Asked:
    """How many were asked and answered."""
    rows = AskedQuestion.objects.filter(at__gte=clock.now() - timedelta(days=days))
    return Asked(rows.count(), rows.filter(understood=True).count())


def not_helping(principal: Principal, limit: int = 20) -> list[Article]:
    """Articles of which more people say that they did not help than that they did."""
    rows = Article.objects.visible_to(principal).for_list().filter(state="published", unhelpful__gte=F("helpful"))
    return list(rows.filter(unhelpful__gt=0).order_by("-unhelpful", "id")[:limit])


def comments_on(article: Article, limit: int = 20) -> list[Vote]:
    """What people wrote when they said whether it helped, the latest first."""
    return list(Vote.objects.filter(article=article).exclude(comment="").order_by("-at", "-id")[:limit])


def _kernel(text: str) -> tuple[str, ...]:
    """What is asked, whatever its form and order; of a text of empty words all of it."""
    said = words(text)
    telling = sorted({stem(word) for word in said if word not in _EMPTY})
    return tuple(telling or said)


def _told(group: Sequence[AskedQuestion], seen: dict[UUID, Article]) -> Unanswered:
    first = group[0]
    others = list(dict.fromkeys(row.text for row in group if row.text != first.text))
    nearest = seen.get(first.article_id) if first.article_id else None
    return Unanswered(first.text, first.language, len(group), first.at, nearest, others[:5])
