"""Articles from which somebody who draws a tree picks."""

from __future__ import annotations

from typing import Any

from filo.collaborative.knowledge.models import AUDIENCES, STATES, Article
from filo.collaborative.knowledge.queries.finding import hits
from filo.collaborative.trees.filling import OF_PRODUCT
from filo.collaborative.trees.queries.trees import facts_to_fill
from filo.foundation.access.principal import Principal
from filo.operational.catalogue.models import ProductValue

MOST = 30


def facts_shown() -> dict[str, Any]:
    """What a question of the shop assistant can fill: kinds of the profile with their answers, names of attributes."""
    names = ProductValue.objects.order_by("name").values_list("name", flat=True).distinct()[:MOST]
    return {
        "profile": [{"code": kind.code, "label": str(kind), "values": kind.answers} for kind in facts_to_fill()],
        "catalogue": [{"code": f"{OF_PRODUCT}{name}"[:60], "label": name} for name in names],
    }


def articles_to_pick(principal: Principal, text: str, language: str) -> list[dict[str, Any]]:
    """Those that hold what was typed, the likeliest first; without a word those that helped most."""
    if not principal.may("article", "view"):
        return []
    seen = Article.objects.visible_to(principal).exclude(state="retired")
    if text.strip():
        return [_shown(hit.article) for hit in hits(seen, text, language=language, limit=MOST)]
    return [_shown(article) for article in seen.for_list().order_by("-helpful", "-updated_at", "-id")[:MOST]]


def articles_named(principal: Principal, ids: list[str]) -> list[dict[str, Any]]:
    """Those of some ids that this principal sees."""
    if not ids or not principal.may("article", "view"):
        return []
    return [_shown(article) for article in Article.objects.visible_to(principal).for_list().filter(pk__in=ids)]


def _shown(article: Article) -> dict[str, Any]:
    told = article.state == "published"
    about = dict(AUDIENCES)[article.audience] if told else dict(STATES)[article.state]
    return {"id": str(article.pk), "title": article.title, "about": str(about), "url": f"/knowledge/{article.pk}"}
