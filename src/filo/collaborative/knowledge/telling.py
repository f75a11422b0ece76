"""What people are told of articles: one that is to be checked, and that one's own was published."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.collaborative.knowledge.queries.articles import names_of
from filo.foundation.access.principal import Principal
from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind, declare_subject

TO_CHECK, TOLD = "article.to-check", "article.told"


def declare_notices() -> None:
    """Called once, when the program starts."""
    declare_subject("article", _seen)
    declare_kind(NoticeKind(TO_CHECK, gettext_lazy("An article is to be checked"), "book-open", _to_check))
    declare_kind(NoticeKind(TOLD, gettext_lazy("My article was published"), "book-open", _told))


def _seen(principal: Principal, ids: Collection[UUID]) -> Mapping[UUID, str]:
    return names_of(principal, ids)


def _to_check(facts: Facts) -> str:
    return _("%(actor)s asks you to check the article “%(title)s”") % {"actor": facts.actor, "title": facts.name}


def _told(facts: Facts) -> str:
    return _("%(actor)s published your article “%(title)s”") % {"actor": facts.actor, "title": facts.name}
