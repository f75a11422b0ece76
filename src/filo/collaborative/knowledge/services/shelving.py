"""Categories, and which article stands in which."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.collaborative.knowledge.events import ArticleChanged
from filo.collaborative.knowledge.models import Article, Category
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line

MOST_AT_ONCE = 500


def category_named(principal: Principal, name: str) -> Category | None:
    """The category of a code or a name; a new one where there is none, None for no name."""
    name = clean_line(name, max_length=80)
    if not name:
        return None
    found = Category.objects.filter(Q(code=name) | Q(name_it__iexact=name) | Q(name_en__iexact=name)).first()
    return found or save_category(principal, name_it=name)


def save_category(
    principal: Principal, category: Category | None = None, *, name_it: str, name_en: str = "", position: int = -1
) -> Category:
    """A new category (at the end), or another name or place of one. Raises `Forbidden`, `InvalidFields`."""
    principal.require("article", "edit")
    names = {"name_it": clean_line(name_it, max_length=80), "name_en": clean_line(name_en, max_length=80)}
    with transaction.atomic():
        found = category or Category(code=_code(names["name_it"]), position=_last() + 1)
        _refuse_wrong(names, found)
        wanted = names | ({"position": position} if position >= 0 else {})
        changes = {name: (getattr(found, name) or None, value) for name, value in wanted.items()}
        changes = {name: pair for name, pair in changes.items() if category is None or (pair[0] or "") != pair[1]}
        for name, value in wanted.items():
            setattr(found, name, value)
        if changes:
            found.version += 1 if category else 0
            found.save()
            action = "article-category.edit" if category else "article-category.create"
            record(principal, action, kind="article-category", object_id=found.id, changes=changes)
    return found


def remove_category(principal: Principal, category: Category) -> None:
    """Take a category away; its articles stay, in none. Raises `Forbidden`."""
    principal.require("article", "edit")
    with transaction.atomic():
        move_articles(principal, list(category.articles.values_list("pk", flat=True)), None)
        changes = {"name_it": (category.name_it, None)}
        record(principal, "article-category.remove", kind="article-category", object_id=category.id, changes=changes)
        category.delete()


def move_articles(principal: Principal, ids: Collection[UUID], category: Category | None) -> int:
    """Put articles into a category, or into none; gives how many were moved. Raises `Forbidden`."""
    principal.require("article", "edit")
    moment, moved = clock.now(), 0
    with transaction.atomic():
        rows = Article.objects.visible_to(principal).select_for_update(of=("self",)).order_by("pk")
        for article in rows.filter(pk__in=list(ids)[:MOST_AT_ONCE]).select_related("category"):
            if article.category_id == (category.pk if category else None):
                continue
            before, after = article.category.code if article.category else None, category.code if category else None
            article.category, article.updated_at, article.version = category, moment, article.version + 1
            article.save(update_fields=["category", "updated_at", "version"])
            changes = {"category": (before, after)}
            record(principal, "article.move", kind="article", object_id=article.id, changes=changes)
            announce(principal, ArticleChanged(article=article.id))
            moved += 1
    return moved


def _refuse_wrong(names: dict[str, str], category: Category) -> None:
    if not names["name_it"]:
        raise InvalidFields({"name_it": _("Give it a name.")})
    others = Category.objects.exclude(pk=category.pk)
    for field, name in names.items():
        if name and others.filter(Q(name_it__iexact=name) | Q(name_en__iexact=name)).exists():
            raise InvalidFields({field: _("There is a category of this name already.")})


def _code(name: str) -> str:
    base = slugify(name)[:70] or "category"
    taken = set(Category.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(
        code for number in range(1, 10_000) if (code := base if number == 1 else f"{base}-{number}") not in taken
    )


def _last() -> int:
    return int(Category.objects.aggregate(last=Max("position"))["last"] or 0)
