"""What the list of articles may be narrowed by."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.collaborative.knowledge.models import AUDIENCES, LANGUAGES, STATES, ArticleText, Category
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import active_people
from filo.foundation.filters.conditions import CHOICE, PAST, among, by_id, by_moment, values_of
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.filters.usual import labels
from filo.operational.service.models import ServiceGroup

HOLDS = [
    ("now", pgettext_lazy("an article holds", "Now")),
    ("later", pgettext_lazy("an article holds", "Later")),
    ("over", pgettext_lazy("an article holds", "Not any more")),
]
_HELPED = [("well", gettext_lazy("Most of them")), ("badly", gettext_lazy("Hardly anybody"))]


def _category(_principal: Principal, operator: str, value: Any) -> Q:
    """By code; *none* are those in no category."""
    wanted = values_of(operator, value)
    found = Q(category__in=Category.objects.filter(code__in=wanted))
    if "none" in wanted:
        found |= Q(category=None)
    return ~found if operator == "is-not" else found


def _missing(_principal: Principal, operator: str, value: Any) -> Q:
    """Articles without a text in a language."""
    found = Q()
    for language in values_of(operator, value):
        if language not in dict(LANGUAGES):
            raise ValueError
        found |= ~Q(Exists(ArticleText.objects.filter(article=OuterRef("pk"), language=language)))
    return ~found if operator == "is-not" else found


def _holds(_principal: Principal, operator: str, value: Any) -> Q:
    day = clock.today()
    later, over = Q(valid_from__gt=day), Q(valid_to__lt=day)
    now = (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))
    known, found = {"now": now, "later": later, "over": over}, Q()
    for code in values_of(operator, value):
        if code not in known:
            raise ValueError
        found |= known[code]
    return ~found if operator == "is-not" else found


def _helped(_principal: Principal, _operator: str, value: Any) -> Q:
    """Of at least three who said so: more yes than no, or the other way round."""
    said = Q(helpful__gt=F("unhelpful")) if value == "well" else Q(unhelpful__gte=F("helpful"))
    if value not in dict(_HELPED):
        raise ValueError
    return said & (Q(helpful__gte=3) | Q(unhelpful__gte=3))


def _categories(_principal: Principal) -> list[tuple[str, str]]:
    return [*((row.code, row.name) for row in Category.objects.all()), ("none", _("none"))]


def _groups(_principal: Principal) -> list[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in ServiceGroup.objects.all()]


def _colleagues(_principal: Principal) -> list[tuple[str, str]]:
    return [(str(user.id), user.name) for user in active_people()]


def _codes(pairs: Any) -> list[str]:
    return [str(code) for code, _label in pairs]


ARTICLE_FILTERS = FilterSet.of(
    FilterField("state", gettext_lazy("State"), CHOICE, among("state", _codes(STATES)), labels(STATES)),
    FilterField("category", gettext_lazy("Category"), CHOICE, _category, _categories),
    FilterField("audience", gettext_lazy("For whom"), CHOICE, among("audience", _codes(AUDIENCES)), labels(AUDIENCES)),
    FilterField("missing", gettext_lazy("Missing in"), CHOICE, _missing, labels(LANGUAGES)),
    FilterField("holds", pgettext_lazy("an article", "Holds"), CHOICE, _holds, labels(HOLDS)),
    FilterField("helped", gettext_lazy("Helped"), ("is",), _helped, labels(_HELPED)),
    FilterField("group", gettext_lazy("Group"), CHOICE, by_id("group"), _groups),
    FilterField("author", gettext_lazy("Author"), CHOICE, by_id("author"), _colleagues),
    FilterField("changed", pgettext_lazy("a moment", "Changed"), PAST, by_moment("updated_at")),
)
