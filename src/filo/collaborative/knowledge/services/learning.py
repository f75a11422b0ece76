"""An article learns other ways in which it is asked for."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.knowledge.events import ArticleChanged
from filo.collaborative.knowledge.findable import keep_words
from filo.collaborative.knowledge.models import Article, Phrasing
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line


def add_phrasing(
    principal: Principal, article: Article, *, text: str, language: str, source: str = "author"
) -> Phrasing:
    """Another way to ask for an article; what other articles had learnt of it is forgotten.

    Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("article", "edit")
    text = clean_line(text, max_length=300)
    if not text:
        raise InvalidFields({"text": _("Write the question.")})
    language = language[:2] if language[:2] in ("it", "en") else "it"
    with transaction.atomic():
        wrong = Phrasing.objects.filter(text=text, source="learnt").exclude(article=article)
        for other in list(wrong.values_list("article", flat=True)):
            announce(principal, ArticleChanged(article=other))
        wrong.delete()
        facts = {"language": language, "source": source, "created_at": clock.now()}
        phrasing, new = Phrasing.objects.get_or_create(article=article, text=text, defaults=facts)
        if new:
            record(principal, "article.learn", kind="article", object_id=article.id, changes={"phrasing": (None, text)})
            announce(principal, ArticleChanged(article=article.id))
            keep_words(article)
    return phrasing


def remove_phrasing(principal: Principal, phrasing: Phrasing) -> None:
    """The article is not asked for like this. Raises `Forbidden`."""
    principal.require("article", "edit")
    with transaction.atomic():
        changes = {"phrasing": (phrasing.text, None)}
        record(principal, "article.forget", kind="article", object_id=phrasing.article_id, changes=changes)
        announce(principal, ArticleChanged(article=phrasing.article_id))
        phrasing.delete()
        keep_words(phrasing.article)
