"""How changes of articles read, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.collaborative.knowledge.models import AUDIENCES, STATES, Article, Category
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import value_words
from filo.operational.service.models import ServiceGroup, Ticket

FIELDS: dict[str, Label] = {
    "code": gettext_lazy("Address"),
    "category": gettext_lazy("Category"),
    "audience": gettext_lazy("For whom"),
    "state": gettext_lazy("State"),
    "group_id": gettext_lazy("Group"),
    "valid_from": gettext_lazy("Holds from"),
    "valid_to": gettext_lazy("Holds until"),
    "title_it": gettext_lazy("Title in Italian"),
    "title_en": gettext_lazy("Title in English"),
    "answer_it": gettext_lazy("Answer in Italian"),
    "answer_en": gettext_lazy("Answer in English"),
    "body_it": gettext_lazy("Text in Italian"),
    "body_en": gettext_lazy("Text in English"),
    "phrasings_it": gettext_lazy("Ways to ask in Italian"),
    "phrasings_en": gettext_lazy("Ways to ask in English"),
    "phrasing": gettext_lazy("A way to ask"),
    "file": gettext_lazy("File"),
    "link_ticket": gettext_lazy("Request"),
    "link_article": gettext_lazy("Another article"),
    "version": gettext_lazy("Version"),
}
ACTIONS: dict[str, Label] = {
    "article.create": pgettext_lazy("an article", "Written"),
    "article.edit": pgettext_lazy("an article", "Changed"),
    "article.move": pgettext_lazy("an article", "Put into another category"),
    "article.draft": pgettext_lazy("an article", "Back to draft"),
    "article.review": pgettext_lazy("an article", "Given to be checked"),
    "article.published": pgettext_lazy("an article", "Published"),
    "article.retired": pgettext_lazy("an article", "Taken back"),
    "article.learn": pgettext_lazy("an article", "Learnt a way to ask"),
    "article.forget": pgettext_lazy("an article", "Forgot a way to ask"),
    "article.attach": pgettext_lazy("an article", "File put onto it"),
    "article.detach": pgettext_lazy("an article", "File taken away"),
    "article.link": pgettext_lazy("an article", "Put together with something"),
    "article.unlink": pgettext_lazy("an article", "Parted from something"),
}
_CODES: dict[str, dict[str, Any]] = {"state": dict(STATES), "audience": dict(AUDIENCES)}
CATEGORY_FIELDS: dict[str, Label] = {
    "name_it": gettext_lazy("Name in Italian"),
    "name_en": gettext_lazy("Name in English"),
    "position": gettext_lazy("Place"),
}
CATEGORY_ACTIONS: dict[str, Label] = {
    "article-category.create": pgettext_lazy("a category", "Made"),
    "article-category.edit": pgettext_lazy("a category", "Changed"),
    "article-category.remove": pgettext_lazy("a category", "Taken away"),
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("article", gettext_lazy("Articles"), FIELDS, words=_of_articles, actions=ACTIONS)
    show(
        "article-category",
        gettext_lazy("Categories of articles"),
        CATEGORY_FIELDS,
        words=_of_categories,
        actions=CATEGORY_ACTIONS,
    )


def _of_articles(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    seen = Article.objects.visible_to(principal).for_list().filter(pk__in=[entry.object_id for entry in entries])
    things = {article.pk: Thing(article.title, f"/knowledge/{article.pk}") for article in seen}
    names = _names(principal, entries)

    def value(name: str, raw: Any) -> str:
        if raw not in (None, "") and name in _CODES:
            return str(_CODES[name].get(str(raw), raw))
        return names.get((name, str(raw))) or value_words(raw)

    return Telling(value, things)


def _of_categories(_principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    rows = Category.objects.filter(pk__in=[entry.object_id for entry in entries])
    return Telling(things={row.pk: Thing(row.name, "/knowledge/categories") for row in rows})


def _names(principal: Principal, entries: Sequence[AuditEntry]) -> dict[tuple[str, str], str]:
    """What ids and codes among the values are called, as far as this principal sees them."""
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        for name, pair in entry.changes.items():
            if name in ("group_id", "category", "link_ticket", "link_article"):
                wanted.setdefault(name, set()).update(str(raw) for raw in pair if raw)
    found: dict[tuple[str, str], str] = {}
    if ids := wanted.get("group_id"):
        found |= {("group_id", str(row.pk)): row.name for row in ServiceGroup.objects.filter(pk__in=ids)}
    if codes := wanted.get("category"):
        found |= {("category", row.code): row.name for row in Category.objects.filter(code__in=codes)}
    if ids := wanted.get("link_ticket"):
        seen = Ticket.objects.visible_to(principal).filter(pk__in=[UUID(raw) for raw in ids])
        found |= {("link_ticket", str(row.pk)): row.number for row in seen}
    if ids := wanted.get("link_article"):
        others = Article.objects.visible_to(principal).for_list().filter(pk__in=[UUID(raw) for raw in ids])
        found |= {("link_article", str(row.pk)): row.title for row in others}
    return found
