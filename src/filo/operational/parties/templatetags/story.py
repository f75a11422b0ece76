"""`{% story days %}`: the entries of a story under their headings.

Not a template, because it is the hottest part of the card: thirty entries of a template take as long as all the
rest of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from filo.foundation.web.templatetags.web import clock_time, day_heading, full_day, icon, short_day
from filo.operational.parties.mentions import pieces
from filo.operational.parties.models import TimelineEntry
from filo.operational.parties.queries.timeline import Day
from filo.operational.parties.timeline_kinds import Told

register = template.Library()

_ENTRY = (
    '<article class="entry"{who} id="entry-{id}"><span class="mark">{icon}</span>'
    '<div class="head"><strong>{actor}</strong> <span class="what">{what}</span>'
    ' <time datetime="{moment}" title="{full_day}">{when}{minutes}</time></div>{subject}{body}{tags}</article>'
)


@register.simple_tag
def story(days: Iterable[Day]) -> SafeString:
    """Entries by day, newest first."""
    return format_html_join("", '<p class="day">{}</p>{}', ((day_heading(day.day), _entries(day)) for day in days))


def _entries(day: Day) -> SafeString:
    return format_html_join("", _ENTRY, (_parts(day, told) for told in day.entries))


def _parts(day: Day, told: Told) -> dict[str, object]:
    entry, at = told.entry, timezone.localtime(told.entry.at)
    minutes = entry.data.get("minutes")
    return {
        "who": format_html(' data-who="{}"', "customer") if told.by_customer else "",
        "id": entry.id,
        "icon": icon(told.icon),
        "actor": entry.actor_name or "Filo",
        "what": told.what,
        "moment": at.isoformat(timespec="seconds"),
        "full_day": full_day(entry.at),
        "when": short_day(entry.at) if day.is_month else clock_time(entry.at),
        "minutes": f" · {minutes} min" if minutes else "",
        "subject": _subject(told),
        "body": _body(told),
        "tags": _tags(told),
    }


def _subject(told: Told) -> SafeString | str:
    summary = told.entry.summary
    return format_html('<p class="text subject">{}</p>', summary) if summary and told.what != summary else ""


def _body(told: Told) -> SafeString | str:
    if not told.entry.excerpt:
        return ""
    kind = "quote" if told.by_customer else "text"
    return format_html('<p class="{} body-text">{}</p>', kind, _with_mentions(told.entry))


def _with_mentions(entry: TimelineEntry) -> SafeString:
    """The text; a colleague named in it leads to what he did with this customer."""
    known = {str(name): str(person) for name, person in entry.data.get("mentions", {}).items()}
    if not known:
        return linebreaksbr(entry.excerpt)
    return format_html_join("", "{}", ((_piece(entry, *piece),) for piece in pieces(entry.excerpt, known)))


def _piece(entry: TimelineEntry, words: str, person: str) -> SafeString:
    if not person:
        return linebreaksbr(words)
    return format_html('<a class="mention" href="/parties/{}?actor={}#timeline">{}</a>', entry.party_id, person, words)


def _tags(told: Told) -> SafeString | str:
    company = told.entry.company
    files = [
        format_html('<a class="quiet-link" href="{}">{}{}</a>', url, icon("paperclip"), name)
        for name, url in told.entry.data.get("files", ())
    ]
    parts = [
        *files,
        format_html('<span class="badge" data-mean="info">{}</span>', told.outcome) if told.outcome else "",
        format_html('<span class="badge">{}</span>', company) if company else "",
        format_html('<a class="quiet-link" href="{}">{}</a>', told.url, pgettext("link", "Open")) if told.url else "",
    ]
    inner = format_html_join("", "{}", ((part,) for part in parts if part))
    return format_html('<div class="tags">{}</div>', inner) if inner else ""
