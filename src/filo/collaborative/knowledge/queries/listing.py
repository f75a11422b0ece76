"""A list of articles: narrowed, sorted, paged and counted, for pages and API alike."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.collaborative.knowledge.filters import ARTICLE_FILTERS
from filo.collaborative.knowledge.models import Article, Category
from filo.collaborative.knowledge.queries.finding import with_words
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import BadRequest
from filo.foundation.filters.tree import Tree, compile_tree
from filo.foundation.web.paging import Key, Page, page_of

SORTS = {
    "-changed": (Key("updated_at", descending=True), Key("id", descending=True)),
    "changed": (Key("updated_at"), Key("id")),
    "code": (Key("code"),),
    "-code": (Key("code", descending=True),),
    "-unhelpful": (Key("unhelpful", descending=True), Key("id", descending=True)),
    "-helpful": (Key("helpful", descending=True), Key("id", descending=True)),
}
SORT_LABELS = {
    "-changed": pgettext_lazy("a moment", "Changed"),
    "code": gettext_lazy("Address"),
    "-helpful": gettext_lazy("Helped most"),
    "-unhelpful": gettext_lazy("Did not help"),
}


@dataclass(frozen=True)
class Shelf:
    """A category with how many articles stand in it; `category` is None for those in none."""

    category: Category | None
    number: int


def articles_found(principal: Principal, tree: Tree | None, text: str) -> QuerySet[Article]:
    """The visible articles that match, without order. Raises `BadRequest` for an unknown filter."""
    found = Article.objects.visible_to(principal).filter(compile_tree(tree, ARTICLE_FILTERS, principal))
    return with_words(found, text)


def page_of_articles(found: QuerySet[Article], *, sort: str, size: int, cursor: str) -> Page[Article]:
    """One page of a list. Raises `BadRequest` for an unknown order."""
    keys = SORTS.get(sort)
    if keys is None:
        raise BadRequest(_("There is no order “%(name)s”.") % {"name": sort[:40]}, code="bad-sort")
    rows = found.select_related("group", "author", "category").prefetch_related("texts")
    return page_of(rows, keys, size=size, cursor=cursor)


def shelves(principal: Principal) -> list[Shelf]:
    """Every category, in their order, with how many articles this principal sees in it; last those in none."""
    rows = Article.objects.visible_to(principal).order_by().values_list("category").annotate(n=Count("pk"))
    numbers: dict[UUID | None, int] = dict(rows.values_list("category", "n"))
    found = [Shelf(row, numbers.get(row.pk, 0)) for row in Category.objects.all()]
    return [*found, Shelf(None, numbers.get(None, 0))]


def told_shelves(audience: str = "public") -> list[Shelf]:
    """The categories with something to read for an audience."""
    told = Q(articles__in=Article.objects.told_to(audience).holding(clock.today()))
    rows = Category.objects.annotate(told=Count("articles", filter=told)).filter(told__gt=0)
    return [Shelf(row, row.told) for row in rows]


def told_in(category: Category, audience: str = "public") -> QuerySet[Article]:
    """What an audience may read in a category, what helped most first."""
    found = Article.objects.told_to(audience).holding(clock.today()).filter(category=category)
    return found.prefetch_related("texts").order_by("-helpful", "id")


def told_first(limit: int, audience: str = "public") -> list[Article]:
    """What is asked for most, by what helped."""
    found = Article.objects.told_to(audience).holding(clock.today()).prefetch_related("texts")
    return list(found.order_by("-helpful", "-updated_at", "id")[:limit])
