"""How a deal stands, as people say it."""

from __future__ import annotations

from datetime import timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filo.foundation.web.templatetags.web import icon
from filo.operational.deals.models import Deal

MEANS = {"open": "info", "won": "good", "lost": ""}
_BADGE = '<span class="badge" data-mean="{}">{}{}</span>'


def state_badge(deal: Deal) -> SafeString:
    """Its stage in a word; won is good news."""
    mean = {"open": "thread", "won": "good", "lost": ""}[deal.state]
    sign = {"open": "", "won": icon("check"), "lost": icon("x")}[deal.state]
    return format_html(_BADGE, mean, sign, deal.stage.name)


def warnings_of(deal: Deal) -> SafeString:
    """What is to be seen to: it stands still, or nobody said what comes next."""
    found = [("hourglass", _("Standing still"))] if deal.is_stale else []
    found += [("circle-alert", _("No next step"))] if deal.lacks_step else []
    return format_html_join(" ", _BADGE, (("warn", icon(sign), words) for sign, words in found))


def span_words(span: timedelta) -> str:
    """So many days; hours below one."""
    if span < timedelta(days=1):
        hours = int(span.total_seconds() // 3600)
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = span.days
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
