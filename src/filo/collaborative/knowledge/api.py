"""Articles of the knowledge base at the REST API: listed, read, asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, ConfigDict, Field

from filo.collaborative.knowledge.filters import ARTICLE_FILTERS
from filo.collaborative.knowledge.models import Article
from filo.collaborative.knowledge.queries.articles import seen_article
from filo.collaborative.knowledge.queries.listing import SORTS, articles_found
from filo.collaborative.knowledge.questions.asking import ask
from filo.foundation import clock
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Shape
from filo.foundation.rest.versions import versioned

router = Router(tags=["articles"])
Audience = Literal["public", "customers", "internal"]
Language = Literal["it", "en"]
PLAIN = (
    *("id", "code", "audience", "state", "valid_from", "valid_to", "helpful", "unhelpful", "published_at"),
    *("updated_at", "version"),
)


class Question(BaseModel):
    """What is asked, in a person's own words."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(min_length=2, max_length=500, description="The question.")
    language: Language = "it"
    audience: Audience = Field("internal", description="For whom it is to be told: colleagues read everything.")


class ArticleTextShape(Shape):
    """The article in one language: `answer` is short, `body` all of it, with light marks."""

    language: Language
    title: str
    answer: str
    body: str


class ArticleShape(Shape):
    """An article. The days on which it holds are both included; `category` and `group` are codes."""

    id: UUID
    code: str
    category: str
    group: str
    audience: Audience
    state: Literal["draft", "review", "published", "retired"]
    valid_from: date | None
    valid_to: date | None
    texts: list[ArticleTextShape]
    helpful: int
    unhelpful: int
    published_at: datetime | None
    updated_at: datetime
    version: int


class ArticleList(Shape):
    """A page of articles."""

    items: list[ArticleShape]
    next: str | None
    count: int
    count_is_exact: bool


class PassageShape(Shape):
    """Where an article speaks of what was asked, and how sure that is, from 0 to 1."""

    article: UUID
    code: str
    title: str
    answer: str
    language: Language
    snippet: str
    confidence: float
    valid_from: date | None
    valid_to: date | None


class FoundShape(Shape):
    """The likeliest articles, the best first; `understood` when the first is sure enough to be told to a customer."""

    understood: bool
    items: list[PassageShape]


@router.get("/articles", response=ArticleList, summary="List articles")
def list_articles(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The articles one may read. Orders: changed, code, helpful, unhelpful. Filters as on the page; `q` finds any form
    of each word, in articles and in their files.
    """
    principal = require(request, "article", "view")
    found = articles_found(principal, None, asked.q).for_list()  # type: ignore[attr-defined]
    page, count = listed(principal, found, asked, sorts=SORTS, filters=ARTICLE_FILTERS)
    return list_answer([_shape(article) for article in page.rows], page.next, count)


@router.get("/articles/ask", response=FoundShape, summary="Ask the knowledge base")
def ask_articles(request: ApiRequest, asked: Query[Question]) -> dict[str, Any]:
    """What answers a question by its meaning, whichever words it is asked in."""
    principal = require(request, "article", "view")
    found = ask(asked.q, language=asked.language, at=clock.now(), audience=asked.audience)
    ids = [passage.article_id for passage in found.passages]
    seen = {one.id: one for one in Article.objects.visible_to(principal).for_list().filter(pk__in=ids)}
    items = [
        {
            "article": passage.article_id,
            "code": article.code,
            "title": text.title if text else article.code,
            "answer": text.answer if text else "",
            "language": passage.language,
            "snippet": passage.snippet,
            "confidence": round(passage.confidence, 3),
            "valid_from": passage.valid_from,
            "valid_to": passage.valid_to,
        }
        for passage in found.passages
        if (article := seen.get(passage.article_id))
        for text in [article.text_in(passage.language)]
    ]
    return {"understood": found.understood and bool(items), "items": items}


@router.get("/articles/{uuid:article_id}", response=ArticleShape, summary="Read an article", openapi_extra=VERSIONED)
def get_article(request: ApiRequest, article_id: UUID) -> HttpResponse:
    """One article, in every language that it has."""
    principal = require(request, "article", "view")
    return versioned(request, _shape(seen_article(principal, article_id)))


def _shape(article: Article) -> dict[str, Any]:
    texts = [
        {"language": text.language, "title": text.title, "answer": text.answer, "body": text.body}
        for text in sorted(article.texts.all(), key=lambda text: text.language != "it")
    ]
    return {name: getattr(article, name) for name in PLAIN} | {
        "category": article.category.code if article.category else "",
        "group": article.group.code if article.group else "",
        "texts": texts,
    }
