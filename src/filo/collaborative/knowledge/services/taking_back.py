"""How acts on articles are taken back: each field as it was, where nobody has changed it since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from filo.collaborative.knowledge.drafts import ArticleFacts, TextFacts
from filo.collaborative.knowledge.models import Article, Category
from filo.collaborative.knowledge.queries.articles import facts_of, seen_article
from filo.collaborative.knowledge.services.publishing import become
from filo.collaborative.knowledge.services.shelving import move_articles
from filo.collaborative.knowledge.services.writing import flat_facts, write_article
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import plain
from filo.foundation.audit.undoable import PutBack, Values, still_there, undo_with

DAYS = ("valid_from", "valid_to")


def register_undo() -> None:
    """Called once, when the program starts."""
    undo_with("article", "article.edit", _put_back)
    undo_with("article", "article.move", _move_back)
    for state in ("draft", "review", "published", "retired"):
        undo_with("article", f"article.{state}", _state_back)


def _put_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    article = seen_article(principal, entry.object_id)
    facts = facts_of(article)
    free, since = still_there(values, plain({name: flat_facts(facts).get(name) for name in values}))
    if free:
        write_article(principal, _with(facts, free), article)
    return PutBack(free, since)


def _with(facts: ArticleFacts, free: dict[str, Any]) -> ArticleFacts:
    """The facts with some of them as they were."""
    for name, value in free.items():
        field, _line, language = name.rpartition("_")
        if language in ("it", "en") and field:
            text = facts.texts.get(language, TextFacts("", ""))
            wanted = (value or "").splitlines() if field == "phrasings" else value or ""
            changed = TextFacts(**(vars(text) | {field: wanted}))
            facts = replace(facts, texts={**facts.texts, language: changed})
        else:
            facts = replace(facts, **{name: _typed(name, value)})
    return replace(facts, links=())


def _typed(name: str, value: Any) -> Any:
    if name in DAYS:
        return date.fromisoformat(value) if value else None
    if name == "group_id":
        return UUID(value) if value else None
    return value or ""


def _move_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    article = seen_article(principal, entry.object_id)
    free, since = still_there(values, {"category": article.category.code if article.category else None})
    if free:
        move_articles(principal, [article.pk], Category.objects.filter(code=free["category"]).first())
    return PutBack(free, since)


def _state_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    article: Article = seen_article(principal, entry.object_id)
    free, since = still_there({"state": values["state"]} if "state" in values else {}, {"state": article.state})
    if free:
        both = {free["state"], article.state}
        principal.require("article", "publish" if both & {"published", "retired"} else "edit")
        become(principal, article, free["state"])
    return PutBack(free, since)
