"""An article is written and changed; each time it is kept as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.collaborative.knowledge.drafts import ArticleFacts, TextFacts, checked, facts_from
from filo.collaborative.knowledge.events import ArticleChanged
from filo.collaborative.knowledge.findable import keep_words
from filo.collaborative.knowledge.models import Article, ArticleLink, ArticleText, ArticleVersion, Phrasing
from filo.collaborative.knowledge.policies import ARTICLE_SEEN
from filo.collaborative.knowledge.queries.articles import facts_of
from filo.collaborative.knowledge.services.shelving import category_named
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, NotFound, Stale
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.foundation.ids import uuid7
from filo.operational.service.models import Ticket

Changes = dict[str, tuple[Any, Any]]


def write_article(
    principal: Principal, facts: ArticleFacts, article: Article | None = None, *, version: int | None = None
) -> Article:
    """Write a new article, or another state of one. What a published one says is told at once; where nothing is
    different nothing is written. What it learnt from customers, and what lies on it, stays.

    Raises `Forbidden`, `InvalidFields`, `Stale` when somebody else has changed it meanwhile.
    """
    principal.require("article", "edit" if article else "create")
    if article is not None and not ARTICLE_SEEN.allows(principal, article):
        raise Forbidden
    facts = checked(facts, article)
    with transaction.atomic():
        found, before = _locked(principal, article)
        after = _applied(principal, found, facts)
        changes = _changes(before, after)
        if article is not None and version is not None and version != found.version:
            raise Stale(changes, version=found.version)
        if article is not None and not changes and not facts.links:
            return found
        found.updated_at, found.version = clock.now(), found.version + 1
        found.save(force_insert=article is None)
        _store_texts(found, facts.texts)
        _store_links(found, facts)
        _keep_version(principal, found, after)
        action = "article.edit" if article else "article.create"
        record(principal, action, kind="article", object_id=found.id, changes=changes)
        announce(principal, ArticleChanged(article=found.id))
        keep_words(found)
    return found


def restore_version(principal: Principal, article: Article, number: int) -> Article:
    """As it was in an earlier version, which makes a new one; audience and days too. Raises `Forbidden`, `NotFound`."""
    kept = ArticleVersion.objects.filter(article=article, number=number).first()
    if kept is None:
        raise NotFound
    return write_article(principal, facts_from(kept.facts | {"links": []}), article)


def article_of_ticket(principal: Principal, ticket: Ticket, answer: str = "") -> Article:
    """A draft whose question is what a request asks, and its answer what was answered. Raises `Forbidden`."""
    language = ticket.language[:2] if ticket.language[:2] in ("it", "en") else "it"
    asked = clean_line(ticket.description or ticket.subject, max_length=300)
    text = TextFacts(
        clean_line(ticket.subject, max_length=200),
        answer or _("To be written."),
        "",
        [asked] if asked != ticket.subject else [],
    )
    facts = ArticleFacts({language: text}, group_id=ticket.group_id, links=[("ticket", ticket.id)])
    return write_article(principal, facts)


def _locked(principal: Principal, article: Article | None) -> tuple[Article, ArticleFacts | None]:
    """The row under its lock, and what it says; a new one says nothing yet."""
    if article is None:
        return Article(id=uuid7(), author_id=principal.user_id, created_at=clock.now(), version=0), None
    found = Article.objects.select_for_update(of=("self",)).select_related("category").get(pk=article.pk)
    return found, facts_of(found)


def _applied(principal: Principal, found: Article, facts: ArticleFacts) -> ArticleFacts:
    """Put the facts onto the row; gives them as they will be read."""
    found.code = _code(facts, found)
    found.category = category_named(principal, facts.category)
    found.audience, found.group_id = facts.audience, facts.group_id
    found.valid_from, found.valid_to = facts.valid_from, facts.valid_to
    category = found.category.code if found.category else ""
    return ArticleFacts(
        facts.texts, found.code, category, facts.audience, facts.group_id, facts.valid_from, facts.valid_to
    )


def _changes(before: ArticleFacts | None, after: ArticleFacts) -> Changes:
    """What is different, field by field."""
    old, new = flat_facts(before) if before else {}, flat_facts(after)
    both = dict.fromkeys([*new, *old])
    return {name: (old.get(name), new.get(name)) for name in both if (old.get(name) or "") != (new.get(name) or "")}


def flat_facts(facts: ArticleFacts) -> dict[str, Any]:
    """Its facts by their names in the audit; those of a text end in its language."""
    found: dict[str, Any] = {
        name: getattr(facts, name) for name in ("code", "category", "audience", "group_id", "valid_from", "valid_to")
    }
    for language, text in facts.texts.items():
        found |= {f"{name}_{language}": getattr(text, name) for name in ("title", "answer", "body")}
        found[f"phrasings_{language}"] = "\n".join(text.phrasings)
    return found


def _code(facts: ArticleFacts, article: Article) -> str:
    if facts.code or article.code:
        return facts.code or article.code
    base = slugify(next(iter(facts.texts.values())).title)[:70] or "article"
    taken = set(Article.objects.filter(code__startswith=base).values_list("code", flat=True))
    code, number = base, 1
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    return code


def _store_texts(article: Article, texts: Mapping[str, TextFacts]) -> None:
    article.texts.exclude(language__in=list(texts)).delete()
    article.phrasings.filter(source="author").exclude(language__in=list(texts)).delete()
    for language, text in texts.items():
        said = {"title": text.title, "answer": text.answer, "body": text.body}
        ArticleText.objects.update_or_create(article=article, language=language, defaults=said)
        mine = article.phrasings.filter(language=language, source="author")
        mine.exclude(text__in=list(text.phrasings)).delete()
        rows = [
            Phrasing(article=article, language=language, text=one, source="author", created_at=clock.now())
            for one in text.phrasings
        ]
        Phrasing.objects.bulk_create(rows, ignore_conflicts=True)


def _store_links(article: Article, facts: ArticleFacts) -> None:
    rows = [ArticleLink(article=article, kind=kind, target=target) for kind, target in facts.links]
    ArticleLink.objects.bulk_create(rows, ignore_conflicts=True)


def _keep_version(principal: Principal, article: Article, facts: ArticleFacts) -> None:
    ArticleVersion.objects.create(
        article=article, number=article.version, facts=facts.to_json(), author_id=principal.user_id, at=clock.now()
    )
