"""`{% icon %}`, `{% asset %}`, `{% slot %}`, and how days, numbers and phones are shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.web.agents import device_name
from filo.foundation.web.paging import Count
from filo.foundation.web.slots import panels

register = template.Library()


@lru_cache(maxsize=1)
def _manifest() -> Mapping[str, str]:
    path = finders.find("dist/manifest.json")
    if not path:
        return {}
    with open(path, encoding="utf-8") as file:
        found: dict[str, str] = json.load(file)
    return found


@register.simple_tag
@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """The address of a built file (`app.css`), whose name carries its hash."""
    return static(_manifest().get(name, name))


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, label: str = "") -> SafeString:
    """A lucide icon from the sprite; with `label` it is read aloud, else it is decoration."""
    said = format_html('role="img" aria-label="{}"', label) if label else format_html('aria-hidden="{}"', "true")
    return format_html('<svg class="icon" {}><use href="{}#{}"></use></svg>', said, asset("icons.svg"), name)


@register.simple_tag(takes_context=True)
def slot(context: RequestContext, name: str, subject: Any = None) -> SafeString:
    """Everything that higher apps put into a slot of this page."""
    request = context["request"]
    found = [filled for filled in (panel(request, subject) for panel in panels(name)) if filled]
    return format_html_join(
        "", "{}", ((render_to_string(path, variables, request=request),) for path, variables in found)
    )


@register.simple_tag(takes_context=True)
def url_with(context: RequestContext, **changes: Any) -> str:
    """The present address with some parameters changed (None takes one away); pages start over."""
    query = context["request"].GET.copy()
    query.pop("cursor", None)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    text = query.urlencode()
    return f"?{text}" if text else "?"


@register.simple_tag(takes_context=True)
def url_without(context: RequestContext, name: str) -> str:
    """The present address without one parameter."""
    return url_with(context, **{name: None})


@register.filter
def may(principal: Any, right: str) -> bool:
    """`{% if principal|may:"party.edit" %}`"""
    code, action = right.rsplit(".", 1)
    return bool(principal and principal.may(code, action))


@register.filter
def capped(count: Count) -> str:
    """1.284, or 10.000+ where counting stopped."""
    shown = formats.number_format(count.number, use_l10n=True, force_grouping=True)
    return shown if count.exact else f"{shown}+"


@register.filter
def ago(moment: datetime | None) -> str:
    """How long ago a day was, in words: oggi, ieri, 3 giorni fa, 2 mesi fa."""
    if moment is None:
        return ""
    days = (clock.today() - timezone.localtime(moment).date()).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 14:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    if days < 60:
        return ngettext("%(n)s week ago", "%(n)s weeks ago", days // 7) % {"n": days // 7}
    if days < 700:
        return ngettext("%(n)s month ago", "%(n)s months ago", days // 30) % {"n": days // 30}
    return ngettext("%(n)s year ago", "%(n)s years ago", days // 365) % {"n": days // 365}


@register.filter
def when(moment: datetime | None) -> str:
    """10:42 today, yesterday, else the day: as short as a list of messages has room for."""
    if moment is None:
        return ""
    days = (clock.today() - timezone.localtime(moment).date()).days
    if days == 0:
        return clock_time(moment)
    return _("yesterday") if days == 1 else short_day(moment)


@register.filter
def due(day: date | None) -> str:
    """When something is due, in words: today, tomorrow, Monday, 12 Dec; late by 3 days."""
    if day is None:
        return _("when there is time")
    days = (day - clock.today()).days
    if days < 0:
        return ngettext("late by %(n)s day", "late by %(n)s days", -days) % {"n": -days}
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    return _spelt(day, "l") if days < 7 else short_day(day)


@register.filter
def short_day(day: date | datetime | None) -> str:
    """12 Dec, with the year when it is another one."""
    if day is None:
        return ""
    found = _local_day(day)
    return _spelt(found, "j M" if found.year == clock.today().year else "j M Y")


@register.filter
def full_day(day: date | datetime | None) -> str:
    """12 December 2026, and the time of day when there is one."""
    if day is None:
        return ""
    spelt = _spelt(_local_day(day), "j F Y")
    return f"{spelt}, {clock_time(day)}" if isinstance(day, datetime) else spelt


@register.filter
def week_day(day: date) -> str:
    """Monday 23 November."""
    return _spelt(day, "l j F")


@register.filter
def month_name(day: date) -> str:
    """December 2026."""
    return _spelt(day, "F Y")


@register.filter
def short_month(day: date) -> str:
    """Dec 26."""
    return _spelt(day, "M y")


def _local_day(day: date | datetime) -> date:
    return timezone.localtime(day).date() if isinstance(day, datetime) else day


def _spelt(day: date, form: str) -> str:
    """Italian writes days and months small."""
    spelt = formats.date_format(day, form)
    return spelt.lower() if (get_language() or "it").startswith("it") else spelt


@register.filter
def clock_time(moment: datetime) -> str:
    """10:42 in the reader's zone."""
    return formats.time_format(timezone.localtime(moment).time(), "H:i")


@register.filter
def day_heading(day: date) -> str:
    """The heading of a day or month of a story: Today, Yesterday, Friday 20 November, September 2025."""
    days = (clock.today() - day).days
    if days == 0:
        return _("Today")
    if days == 1:
        return _("Yesterday")
    if 0 <= days < 7:
        return week_day(day)
    return formats.date_format(day, "F Y").capitalize()


@register.filter
def plus_days(day: date, days: int) -> date:
    """The day so many days later."""
    return day + timedelta(days=days)


@register.filter
def device(user_agent: str) -> str:
    """A browser in two words."""
    return device_name(user_agent)


@register.simple_tag
def site_url() -> str:
    """The address of this installation, as configured."""
    return str(settings.SITE_URL)
