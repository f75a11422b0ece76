"""Who has to know of an article."""

from __future__ import annotations

from uuid import UUID

from filo.collaborative.knowledge.models import Article
from filo.foundation.accounts.queries import active_people, principal_of


def publishers() -> list[UUID | None]:
    """Who may publish articles."""
    return [user.pk for user in active_people() if principal_of(user).may("article", "publish")]


def author_of(article_id: UUID) -> UUID | None:
    """Who wrote it first, if he is still known."""
    return Article.objects.filter(pk=article_id).values_list("author", flat=True).first()
