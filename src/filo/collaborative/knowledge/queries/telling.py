"""What the knowledge base answers to a question, as a page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from filo.collaborative.knowledge.models import Article, ArticleText
from filo.collaborative.knowledge.queries.finding import ids_in_order
from filo.collaborative.knowledge.questions.asking import Passage, ask
from filo.foundation import clock


@dataclass(frozen=True)
class Told:
    """An article that answers, its text in the language of the question where it has it, and how sure that is."""

    article: Article
    text: ArticleText
    confidence: float
    is_to_come: bool

    @property
    def percent(self) -> int:
        """How sure, of a hundred."""
        return round(100 * self.confidence)


@dataclass(frozen=True)
class Answer:
    """`first` is what answers, where it is sure enough; `near` what comes near; `nearest` is kept with the question."""

    first: Told | None = None
    near: Sequence[Article] = ()
    nearest: UUID | None = None
    confidence: float = 0.0


def answered(question: str, *, language: str, audience: str = "public") -> Answer:
    """What answers a question now."""
    found = ask(question, language=language, at=clock.now(), audience=audience)
    ids = [passage.article_id for passage in found.passages]
    rows = Article.objects.told_to(audience).for_list().filter(pk__in=ids)
    near = ids_in_order(list(rows), ids)
    first = _told(near[0], found.passages[0], language) if near and found.understood else None
    return Answer(first, near, ids[0] if ids else None, found.confidence)


def _told(article: Article, passage: Passage, language: str) -> Told | None:
    text = article.text_in(language)
    if text is None:
        return None
    to_come = article.valid_from is not None and article.valid_from > clock.today()
    return Told(article, text, passage.confidence, to_come)
