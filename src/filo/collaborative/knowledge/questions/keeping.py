"""What an article means, made anew when it says something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from filo.collaborative.knowledge.models import Article
from filo.collaborative.knowledge.models.vector import ArticleMeaning, VectorState
from filo.collaborative.knowledge.questions.encoder import packed, vectors
from filo.collaborative.knowledge.questions.stems import stems
from filo.foundation.ids import uuid7

# Raised when sentences are cut, stemmed or encoded in another way: all articles are then understood anew.
RULES = 1
LONGEST, MOST_PASSAGES = 600, 12
_PASSAGE = re.compile(r"\n\s*\n|(?<=[.!?])\s+(?=[A-ZÀ-Ý])")
_MARKS = re.compile(r"[#*_`>\[\]|]+|\(https?://\S+\)")


def keep_vectors(article_id: UUID) -> int:
    """Understand an article as it is now; gives of how many sentences. One that is not published says nothing."""
    article = Article.objects.filter(pk=article_id).prefetch_related("texts", "phrasings").first()
    said = list(dict.fromkeys(_said(article))) if article and article.state == "published" else []
    values = packed(vectors([text for _kind, _language, text in said]))
    told = [[kind, language, text, " ".join(sorted(stems(text, language)))] for kind, language, text in said]
    stamp = uuid7()
    with transaction.atomic():
        if said:
            facts = {"stamp": stamp, "rules": RULES, "said": told, "values": values}
            ArticleMeaning.objects.update_or_create(article_id=article_id, defaults=facts)
        else:
            ArticleMeaning.objects.filter(article=article_id).delete()
        VectorState.objects.update_or_create(pk=1, defaults={"token": stamp})
    return len(said)


def not_understood() -> list[UUID]:
    """The published articles whose meaning was never made, or by older rules."""
    published = Article.objects.filter(state="published")
    return list(published.exclude(meaning__rules=RULES).order_by("pk").values_list("pk", flat=True))


def _said(article: Article) -> Iterator[tuple[str, str, str]]:
    """Its titles, the ways to ask for it, and what it says, passage by passage."""
    for text in article.texts.all():
        yield "title", text.language, text.title
        yield "answer", text.language, f"{text.title} {text.answer}"[:LONGEST]
        passages = [part.strip() for part in _PASSAGE.split(_MARKS.sub(" ", text.body)) if len(part.split()) > 3]
        for passage in passages[:MOST_PASSAGES]:
            yield "body", text.language, passage[:LONGEST]
    for phrasing in article.phrasings.all():
        yield "phrasing", phrasing.language, phrasing.text
