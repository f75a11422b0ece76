"""What happens to articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutArticle(DomainEvent):
    article: UUID

    @property
    def subject(self) -> UUID:
        return self.article


@dataclass(frozen=True, kw_only=True)
class ArticleChanged(_AboutArticle):
    """An article was written, changed, or learnt another way to be asked for."""

    type: ClassVar[str] = "article.changed"


@dataclass(frozen=True, kw_only=True)
class ArticleSubmitted(_AboutArticle):
    """An article waits for somebody who checks and publishes it."""

    type: ClassVar[str] = "article.submitted"


@dataclass(frozen=True, kw_only=True)
class ArticlePublished(_AboutArticle):
    """An article may be read and answered with from now on."""

    type: ClassVar[str] = "article.published"


@dataclass(frozen=True, kw_only=True)
class ArticleRetired(_AboutArticle):
    """An article is not told any more."""

    type: ClassVar[str] = "article.retired"
