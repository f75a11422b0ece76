"""An article is checked, told, and taken back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.knowledge.events import ArticleChanged, ArticlePublished, ArticleRetired, ArticleSubmitted
from filo.collaborative.knowledge.models import Article
from filo.collaborative.knowledge.policies import ARTICLE_SEEN
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden
from filo.foundation.events.services import announce


def ask_for_check(principal: Principal, article: Article) -> Article:
    """A draft waits for somebody who may publish it. Raises `Forbidden`."""
    principal.require("article", "edit")
    return become(principal, article, "review")


def back_to_draft(principal: Principal, article: Article) -> Article:
    """It is not told yet: somebody works on it again. Raises `Forbidden`; of a published one also without the right."""
    principal.require("article", "publish" if article.state == "published" else "edit")
    return become(principal, article, "draft")


def publish(principal: Principal, article: Article) -> Article:
    """It is told from now on, on the days on which it holds. Raises `Forbidden`, `DomainError` without a text."""
    principal.require("article", "publish")
    if not article.texts.exists():
        raise DomainError(_("There is nothing to publish yet."), code="empty-article")
    return become(principal, article, "published")


def retire(principal: Principal, article: Article) -> Article:
    """It is told no more; it can be published again. Raises `Forbidden`."""
    principal.require("article", "publish")
    return become(principal, article, "retired")


_EVENTS: dict[str, type[ArticleChanged | ArticlePublished | ArticleRetired | ArticleSubmitted]] = {
    "draft": ArticleChanged,
    "review": ArticleSubmitted,
    "published": ArticlePublished,
    "retired": ArticleRetired,
}


def become(principal: Principal, article: Article, state: str) -> Article:
    """Another state, for who has been asked whether he may; the same changes nothing. Raises `Forbidden`."""
    if not ARTICLE_SEEN.allows(principal, article):
        raise Forbidden
    with transaction.atomic():
        locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if locked.state == state:
            return locked
        changes = {"state": (locked.state, state)}
        locked.state, locked.updated_at, locked.version = state, clock.now(), locked.version + 1
        if state == "published":
            locked.published_at = locked.updated_at
        locked.save()
        record(principal, f"article.{state}", kind="article", object_id=locked.id, changes=changes)
        announce(principal, _EVENTS[state](article=locked.id))
    return locked
