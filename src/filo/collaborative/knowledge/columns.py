"""The columns that the list of articles can show."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.collaborative.knowledge.models import LANGUAGES, Article
from filo.foundation import clock
from filo.foundation.lists.columns import Column, ColumnSet
from filo.foundation.web.templatetags.web import ago, icon, short_day

_MEANS = {"draft": "", "review": "info", "published": "good", "retired": ""}
_BADGE = '<span class="badge" data-mean="{}">{}{}</span>'


def _title(article: Article) -> SafeString:
    address = reverse("knowledge:article", args=[article.id])
    return format_html('<a class="article-line" draggable="true" href="{}"><b>{}</b></a>', address, article.title)


def state_badge(article: Article) -> SafeString:
    """The state in a word; a published one that holds on other days says so."""
    return format_html(_BADGE, _MEANS[article.state], "", article.get_state_display())


def languages_badges(article: Article) -> SafeString:
    """The languages it is written in, and those that are missing."""
    known = {text.language for text in article.texts.all()}
    return format_html_join(" ", "{}", ((_language(code, str(label), known),) for code, label in LANGUAGES))


def _language(code: str, label: str, known: set[str]) -> SafeString:
    if code in known:
        return format_html('<span class="badge" title="{}">{}</span>', label, code.upper())
    missing = _("Missing in %(language)s") % {"language": label}
    return format_html(
        '<span class="badge" data-mean="warn" title="{}">{}{}</span>', missing, icon("x", missing), code.upper()
    )


def days_badge(article: Article) -> SafeString | str:
    """The days on which it holds, where these are not all."""
    day = clock.today()
    if article.valid_to and article.valid_to < day:
        return format_html(_BADGE, "warn", "", _("over since %(day)s") % {"day": short_day(article.valid_to)})
    if article.valid_from and article.valid_from > day:
        return format_html(_BADGE, "info", icon("clock"), _("from %(day)s") % {"day": short_day(article.valid_from)})
    return _("until %(day)s") % {"day": short_day(article.valid_to)} if article.valid_to else ""


def _helped(article: Article) -> SafeString | str:
    if article.helped is None:
        return ""
    words = _("%(yes)s of %(all)s") % {"yes": article.helpful, "all": article.helpful + article.unhelpful}
    return format_html(_BADGE, "warn" if article.helped < 50 else "", "", words)


ARTICLE_COLUMNS = ColumnSet.of(
    Column("title", gettext_lazy("Article"), _title),
    Column("state", gettext_lazy("State"), state_badge),
    Column("languages", gettext_lazy("Languages"), languages_badges),
    Column("category", gettext_lazy("Category"), lambda article: article.category.name if article.category else ""),
    Column("audience", gettext_lazy("For whom"), lambda article: article.get_audience_display()),
    Column("days", pgettext_lazy("an article", "Holds"), days_badge),
    Column("helped", gettext_lazy("Helped"), _helped, sort="-helpful"),
    Column(
        "changed",
        pgettext_lazy("a moment", "Changed"),
        lambda article: ago(article.updated_at),
        sort="-changed",
        style="muted",
    ),
    Column("group", gettext_lazy("Group"), lambda article: article.group.name if article.group else ""),
    Column("author", gettext_lazy("Author"), lambda article: article.author.name if article.author else ""),
    Column("code", gettext_lazy("Address"), lambda article: article.code, sort="code", style="muted"),
    usual=("state", "languages", "category", "audience", "days", "helped", "changed"),
)
