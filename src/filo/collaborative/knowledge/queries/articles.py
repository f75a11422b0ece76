"""Articles as they are read: one, what is typed of it, what points at it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Prefetch

from filo.collaborative.knowledge.drafts import ArticleFacts, TextFacts
from filo.collaborative.knowledge.models import Article, ArticleFile, ArticleLink, Phrasing
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.service.models import Ticket

MOST_LINKS = 50


def seen_article(principal: Principal, article_id: UUID) -> Article:
    """An article that this principal may read, with its texts. Raises `NotFound`."""
    files = Prefetch("files", ArticleFile.objects.select_related("file"))
    found = Article.objects.visible_to(principal).for_list().prefetch_related("phrasings", "links", files)
    article = found.filter(pk=article_id).first()
    if article is None:
        raise NotFound
    return article


def told_article(audience: str, code: str) -> Article:
    """A published article by its code, for who is not of the house. Raises `NotFound`."""
    files = Prefetch("files", ArticleFile.objects.select_related("file"))
    article = Article.objects.told_to(audience).for_list().prefetch_related(files).filter(code=code).first()
    if article is None:
        raise NotFound
    return article


def facts_of(article: Article) -> ArticleFacts:
    """All of an article as it would be typed; what it learnt from customers is not typed and stays as it is."""
    ways: dict[str, list[str]] = {}
    for way in article.phrasings.all():
        if way.source == "author":
            ways.setdefault(way.language, []).append(way.text)
    return ArticleFacts(
        {
            text.language: TextFacts(text.title, text.answer, text.body, ways.get(text.language, []))
            for text in article.texts.all()
        },
        code=article.code,
        category=article.category.code if article.category else "",
        audience=article.audience,
        group_id=article.group_id,
        valid_from=article.valid_from,
        valid_to=article.valid_to,
        links=[(link.kind, link.target) for link in article.links.all()],
    )


def tickets_linked(principal: Principal, article: Article) -> list[Ticket]:
    """The requests on an article that this principal sees, the latest first."""
    if not principal.may("ticket", "view"):
        return []
    ids = [link.target for link in article.links.all() if link.kind == "ticket"]
    return list(Ticket.objects.visible_to(principal).filter(pk__in=ids).order_by("-opened_at")[:MOST_LINKS])


def articles_linked(principal: Principal, article: Article) -> list[Article]:
    """The articles that this one names."""
    ids = [link.target for link in article.links.all() if link.kind == "article"]
    return list(Article.objects.visible_to(principal).for_list().filter(pk__in=ids)[:MOST_LINKS])


def articles_naming(principal: Principal, article: Article) -> list[Article]:
    """The articles that name this one."""
    back = ArticleLink.objects.filter(kind="article", target=article.pk).values("article")
    return list(Article.objects.visible_to(principal).for_list().filter(pk__in=back)[:MOST_LINKS])


def articles_of_ticket(principal: Principal, ticket: Ticket) -> list[Article]:
    """The articles on which a request lies."""
    if not principal.may("article", "view"):
        return []
    back = ArticleLink.objects.filter(kind="ticket", target=ticket.pk).values("article")
    return list(Article.objects.visible_to(principal).for_list().filter(pk__in=back)[:MOST_LINKS])


def related_articles(article: Article, audience: str, limit: int = 5) -> list[Article]:
    """What one may read next: those it names, then others of its category that helped most."""
    told = Article.objects.told_to(audience).holding(clock.today()).for_list().exclude(pk=article.pk)
    named = list(told.filter(pk__in=article.links.filter(kind="article").values("target"))[:limit])
    if article.category_id is None or len(named) == limit:
        return named
    known = [one.pk for one in named]
    others = told.filter(category=article.category_id).exclude(pk__in=known).order_by("-helpful", "id")
    return [*named, *others[: limit - len(named)]]


def learnt_phrasings(article: Article) -> Sequence[Phrasing]:
    """How customers put it."""
    return [way for way in article.phrasings.all() if way.source == "learnt"]


def names_of(principal: Principal, ids: Collection[UUID]) -> dict[UUID, str]:
    """What articles are called, as far as this principal sees them."""
    rows = Article.objects.visible_to(principal).for_list().filter(pk__in=ids)
    return {row.pk: row.title for row in rows}
