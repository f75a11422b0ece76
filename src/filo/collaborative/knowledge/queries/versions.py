"""An article as it was, beside as it is or was later: line by line, with what was added and what went."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filo.collaborative.knowledge.drafts import facts_from
from filo.collaborative.knowledge.models import AUDIENCES, Article, ArticleVersion, Category
from filo.operational.service.models import ServiceGroup

LABELS: dict[str, str | Promise] = {
    "code": _("Address"),
    "category": _("Category"),
    "audience": _("For whom"),
    "group_id": _("Group"),
    "valid_from": _("Holds from"),
    "valid_to": _("Holds until"),
    "title_it": _("Title in Italian"),
    "answer_it": _("Answer in Italian"),
    "body_it": _("Text in Italian"),
    "phrasings_it": _("Ways to ask in Italian"),
    "title_en": _("Title in English"),
    "answer_en": _("Answer in English"),
    "body_en": _("Text in English"),
    "phrasings_en": _("Ways to ask in English"),
}
MOST_VERSIONS = 200


@dataclass(frozen=True)
class Line:
    """A line of a text: `mark` is "-" for one that went, "+" for one that came, " " for one that stayed."""

    mark: str
    text: str


@dataclass(frozen=True)
class Difference:
    """What is different in one field."""

    label: str | Promise
    lines: Sequence[Line]


def versions_of(article: Article) -> list[ArticleVersion]:
    """The versions of an article, the latest first."""
    return list(ArticleVersion.objects.filter(article=article).select_related("author")[:MOST_VERSIONS])


def differences(before: ArticleVersion, after: ArticleVersion) -> list[Difference]:
    """What one version says and another does not, field by field."""
    old, new = _shown(before), _shown(after)
    return [
        Difference(label, _lines(old.get(name, ""), new.get(name, "")))
        for name, label in LABELS.items()
        if old.get(name, "") != new.get(name, "")
    ]


def _shown(version: ArticleVersion) -> dict[str, str]:
    facts = facts_from(version.facts)
    group = ServiceGroup.objects.filter(pk=facts.group_id).first() if facts.group_id else None
    category = Category.objects.filter(code=facts.category).first()
    found: dict[str, Any] = {
        "code": facts.code,
        "category": category.name if category else facts.category,
        "audience": dict(AUDIENCES).get(facts.audience, facts.audience),
        "group_id": group.name if group else "",
        "valid_from": facts.valid_from or "",
        "valid_to": facts.valid_to or "",
    }
    for language, text in facts.texts.items():
        found |= {f"{name}_{language}": getattr(text, name) for name in ("title", "answer", "body")}
        found[f"phrasings_{language}"] = "\n".join(text.phrasings)
    return {name: str(value) for name, value in found.items()}


def _lines(old: str, new: str) -> list[Line]:
    compared = difflib.ndiff(old.splitlines(), new.splitlines())
    return [Line(line[0], line[2:]) for line in compared if line[0] != "?"]
