"""What people ask and think of the answers is counted, without who they are."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F

from filo.collaborative.knowledge.models import Article, AskedQuestion, Vote
from filo.foundation import clock
from filo.foundation.folding import clean_line


def note_question(
    text: str, *, language: str, channel: str, article_id: UUID | None, confidence: float, understood: bool
) -> None:
    """Keep a question with what it found."""
    AskedQuestion.objects.create(
        text=clean_line(text, max_length=300),
        language=language,
        channel=channel,
        article_id=article_id,
        confidence=confidence,
        understood=understood,
        at=clock.now(),
    )


def vote(article: Article, *, helpful: bool, voter: str, comment: str = "") -> None:
    """Whether it helped; who votes again changes his vote. `voter` is a hash that tells nobody who it is."""
    with transaction.atomic():
        locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        before = Vote.objects.filter(article=locked, voter=voter).first()
        facts = {"helpful": helpful, "comment": clean_line(comment, max_length=500), "at": clock.now()}
        Vote.objects.update_or_create(article=locked, voter=voter, defaults=facts)
        if before is None or before.helpful != helpful:
            yes = (1 if helpful else 0) - (1 if before and before.helpful else 0)
            no = (0 if helpful else 1) - (1 if before and not before.helpful else 0)
            Article.objects.filter(pk=locked.pk).update(helpful=F("helpful") + yes, unhelpful=F("unhelpful") + no)
