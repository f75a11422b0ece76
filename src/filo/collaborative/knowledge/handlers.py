"""What follows from what happens to articles: what they mean is reckoned anew, and who has to know is told."""

from __future__ import annotations

from uuid import UUID

from filo.collaborative.knowledge.events import ArticleChanged, ArticlePublished, ArticleRetired, ArticleSubmitted
from filo.collaborative.knowledge.queries.people import author_of, publishers
from filo.collaborative.knowledge.telling import TO_CHECK, TOLD
from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.jobs.services import enqueue
from filo.foundation.notices.services.reading import settle
from filo.foundation.notices.services.telling import Subject, is_news, notify


@on(ArticleChanged)
def understand_the_change(event: ArticleChanged, meta: EventMeta) -> None:
    """It says something else, or is asked for in another way."""
    _understand(event.article)


@on(ArticleSubmitted)
def ask_who_publishes(event: ArticleSubmitted, meta: EventMeta) -> None:
    """It is not told while it waits, and those who may publish it are asked."""
    _understand(event.article)
    if is_news(meta.time):
        _notify(TO_CHECK, publishers(), event.article, meta)


@on(ArticlePublished)
def tell_its_author(event: ArticlePublished, meta: EventMeta) -> None:
    """It is told from now on; nobody needs to check it any more."""
    _understand(event.article)
    settle("article", event.article)
    if is_news(meta.time):
        _notify(TOLD, [author_of(event.article)], event.article, meta)


@on(ArticleRetired)
def forget_it(event: ArticleRetired, meta: EventMeta) -> None:
    """It is told no more."""
    _understand(event.article)
    settle("article", event.article)


def _understand(article: UUID) -> None:
    enqueue("knowledge.keep_meaning", article=str(article))


def _notify(kind: str, people: list[UUID | None], article: UUID, meta: EventMeta) -> None:
    notify(kind, people, subject=Subject("article", article), url=f"/knowledge/{article}", actor=meta.actor_id)
