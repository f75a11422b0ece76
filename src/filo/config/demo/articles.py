"""What Gruppo Aurora knows: its knowledge base, from `articles.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from filo.collaborative.knowledge.models import Article, Category
from filo.collaborative.knowledge.questions.keeping import keep_vectors
from filo.collaborative.knowledge.services import ArticleFacts, TextFacts, publish, save_category, write_article
from filo.config.demo.company import BUILDER
from filo.foundation import clock
from filo.operational.service.models import ServiceGroup

SHELVES = {
    "Offerte": "Offers",
    "Ordini e resi": "Orders and returns",
    "Pagamenti e fatture": "Payments and invoices",
    "Garanzia e assistenza": "Warranty and repairs",
    "Tessuti": "Fabrics",
    "Negozi": "Shops",
    "Aziende": "For firms",
    "Interno": "Internal",
}


def write_articles() -> None:
    """Those that are not there yet, published and understood, under categories in both languages."""
    known = set(Category.objects.values_list("name_it", flat=True))
    for italian, english in SHELVES.items():
        if italian not in known:
            save_category(BUILDER, None, name_it=italian, name_en=english)
    with (Path(__file__).parent / "articles.toml").open("rb") as file:
        found = tomllib.load(file)["article"]
    groups = {group.name: group for group in ServiceGroup.objects.all()}
    for one in found:
        if not Article.objects.filter(code=one["code"]).exists():
            keep_vectors(publish(BUILDER, write_article(BUILDER, _facts(one, groups))).id)


def _facts(one: dict[str, Any], groups: dict[str, ServiceGroup]) -> ArticleFacts:
    texts: dict[str, TextFacts] = {
        language: TextFacts(one[language][0], one[language][1], phrasings=one.get(f"ask_{language}", []))
        for language in ("it", "en")
        if language in one
    }
    technical = one["category"] == "Garanzia e assistenza"
    group = groups.get("Assistenza Tecnica" if technical else "Assistenza Commerciale")
    start, end = summer_days(one["valid"]) if "valid" in one else (None, None)
    return ArticleFacts(
        texts,
        code=one["code"],
        category=one["category"],
        audience=one.get("audience", "public"),
        group_id=group.id if group else None,
        valid_from=start,
        valid_to=end,
    )


def summer_days(valid: Sequence[str]) -> tuple[date, date]:
    """From month-day to month-day of the summer that comes next, so that there is always something to wait for."""
    today = clock.today()
    start, end = (date.fromisoformat(f"{today.year}-{day}") for day in valid)
    return (start, end) if today <= end else (start.replace(year=start.year + 1), end.replace(year=end.year + 1))
