"""An article as it is typed or brought in, made clean; for pages, API, files and versions alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.collaborative.knowledge.models import AUDIENCES, Article
from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.folding import clean_line, clean_text

MOST_PHRASINGS, LIMIT = 500, 100_000


@dataclass(frozen=True)
class TextFacts:
    """An article in one language, as it is typed."""

    title: str
    answer: str
    body: str = ""
    phrasings: Sequence[str] = ()


@dataclass(frozen=True)
class ArticleFacts:
    """All of an article as it is typed; `texts` by language. The code is made of the title where none is given.

    `category` is the code or a name of one; a name that nobody knows becomes a new category.
    """

    texts: Mapping[str, TextFacts]
    code: str = ""
    category: str = ""
    audience: str = "public"
    group_id: UUID | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    links: Sequence[tuple[str, UUID]] = field(default_factory=tuple)

    def to_json(self) -> dict[str, Any]:
        """As a version keeps it."""
        found = asdict(self)
        for name in ("valid_from", "valid_to", "group_id"):
            found[name] = str(found[name]) if found[name] else None
        found["links"] = [[kind, str(target)] for kind, target in self.links]
        return found


def facts_from(kept: Mapping[str, Any]) -> ArticleFacts:
    """What a version kept."""
    texts = {language: TextFacts(**text) for language, text in kept["texts"].items()}
    return ArticleFacts(
        texts,
        code=kept["code"],
        category=kept["category"],
        audience=kept["audience"],
        group_id=UUID(kept["group_id"]) if kept["group_id"] else None,
        valid_from=date.fromisoformat(kept["valid_from"]) if kept["valid_from"] else None,
        valid_to=date.fromisoformat(kept["valid_to"]) if kept["valid_to"] else None,
        links=[(kind, UUID(target)) for kind, target in kept.get("links", [])],
    )


def checked(facts: ArticleFacts, article: Article | None) -> ArticleFacts:
    """The same made clean; languages in which nothing is written are left out. Raises `InvalidFields`."""
    problems: dict[str, Sentence] = {}
    texts: dict[str, TextFacts] = {}
    for language, text in facts.texts.items():
        found = _text(text)
        if not (found.title or found.answer or found.body.strip()):
            continue
        texts[language] = found
        problems |= _problems_of(language, found)
    if not texts:
        problems["title_it"] = _("Write it in at least one language.")
    if facts.audience not in dict(AUDIENCES):
        problems["audience"] = _("Choose one of: %(names)s.") % {"names": ", ".join(dict(AUDIENCES))}
    if facts.valid_from and facts.valid_to and facts.valid_to < facts.valid_from:
        problems["valid_to"] = _("It ends before it begins.")
    if facts.code and Article.objects.filter(code=facts.code).exclude(pk__in=[article.pk] if article else []).exists():
        problems["code"] = _("There is an article of this name already.")
    if problems:
        raise InvalidFields(problems)
    return replace(facts, texts=texts, category=clean_line(facts.category, max_length=80))


def _text(text: TextFacts) -> TextFacts:
    phrasings = [clean_line(one, max_length=300) for one in text.phrasings]
    return TextFacts(
        clean_line(text.title, max_length=200),
        clean_text(text.answer, max_length=LIMIT).strip(),
        clean_text(text.body, max_length=LIMIT),
        list(dict.fromkeys(one for one in phrasings if one)),
    )


def _problems_of(language: str, text: TextFacts) -> dict[str, Sentence]:
    problems: dict[str, Sentence] = {}
    if not text.title:
        problems[f"title_{language}"] = _("Write the question as a title.")
    if not text.answer:
        problems[f"answer_{language}"] = _("Write the answer.")
    if len(text.phrasings) > MOST_PHRASINGS:
        problems[f"phrasings_{language}"] = _("At most %(limit)s ways to ask.") % {"limit": MOST_PHRASINGS}
    return problems
