"""Jobs in the words of people: what they are called, when they come round, what they were asked, how long they took."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from filo.foundation import clock
from filo.foundation.events.base import event_kind
from filo.foundation.jobs.registry import job_named
from filo.foundation.jobs.schedule import Daily, Every, Rule

QUEUE_WORDS: dict[str, str | Promise] = {
    "default": gettext_lazy("Short work"),
    "long": gettext_lazy("Long work"),
    "mail": gettext_lazy("Mail"),
    "outward": gettext_lazy("To other programs"),
}
# The parts of Filo that take in news, by the folder that each has in the program.
PARTS: dict[str, str | Promise] = {
    "accounts": gettext_lazy("People who work here"),
    "activities": gettext_lazy("Tasks"),
    "fields": gettext_lazy("Fields of one’s own"),
    "interactions": gettext_lazy("Interactions"),
    "lists": gettext_lazy("Lists and their views"),
    "mail": gettext_lazy("Mail"),
    "notices": gettext_lazy("Notices to people"),
    "organisation": gettext_lazy("The firm"),
    "parties": gettext_lazy("Customers and contacts"),
    "privacy": gettext_lazy("Privacy and retention"),
    "push": gettext_lazy("Open pages"),
    "search": gettext_lazy("Search"),
    "transfer": gettext_lazy("Imports"),
    "webhooks": gettext_lazy("Webhooks to other programs"),
}
# What tells nothing of a person: ids, figures, days, and the short codes of the house.
_PLAIN = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9T:.+Z-]{1,40}|[a-z]+(?:[._-][a-z]+){0,4}")
_LONGEST_CODE = 40
_SECRET = re.compile(r"secret|token|password|key|mail|name|phone|text|subject", re.IGNORECASE)


def label_of(name: str) -> str:
    """What people call a kind of job; the name itself for one that this version does not know any more."""
    kind = job_named(name)
    return str(kind.label or name) if kind else name


def part_named(handler: str) -> str:
    """What people call the part of Filo that a handler (a dotted name) belongs to."""
    path = handler.split(".")
    part = path[path.index("handlers") - 1] if "handlers" in path[1:] else path[0]
    return str(PARTS.get(part, part.replace("_", " ").capitalize()))


def told_by(type_: str) -> str:
    """What an event tells, in the reader's language; its type for one that this version does not know any more."""
    kind = event_kind(type_)
    said = " ".join((kind.__doc__ or "").split()) if kind else ""
    return _(said).replace("`", "") if said else type_


def shown_arguments(args: dict[str, Any]) -> list[tuple[str, str]]:
    """What a job was asked for, without what could be a secret or somebody's data."""
    return [(name, _shown(name, value)) for name, value in args.items()]


def _shown(name: str, value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str) and _is_plain(name, value):
        return value
    size = len(value) if isinstance(value, str | list | dict) else 0
    if isinstance(value, str):
        return ngettext("%(n)s character, not shown", "%(n)s characters, not shown", size) % {"n": size}
    return ngettext("%(n)s entry, not shown", "%(n)s entries, not shown", size) % {"n": size}


def _is_plain(name: str, value: str) -> bool:
    is_id = len(value) == 36 and bool(_PLAIN.fullmatch(value))
    return is_id or (not _SECRET.search(name) and len(value) <= _LONGEST_CODE and bool(_PLAIN.fullmatch(value)))


def rule_in_words(rule: Rule) -> str:
    """When something comes round, on the reader's clock."""
    if isinstance(rule, Every):
        return _every(rule.distance)
    if isinstance(rule, Daily):
        then = timezone.localtime(rule.after(clock.now()))
        return _("every day at %(time)s") % {"time": f"{then:%H:%M}"}
    return str(rule)


def _every(distance: timedelta) -> str:
    seconds = int(distance.total_seconds())
    if seconds % 3600 == 0:
        return ngettext("every hour", "every %(n)s hours", seconds // 3600) % {"n": seconds // 3600}
    if seconds % 60 == 0:
        return ngettext("every minute", "every %(n)s minutes", seconds // 60) % {"n": seconds // 60}
    return ngettext("every second", "every %(n)s seconds", seconds) % {"n": seconds}


def length(span: timedelta | None) -> str:
    """How long something is: 0.4 s, 12 s, 3 min, 2 h 5 min, 4 days."""
    if span is None:
        return "–"
    seconds = max(0.0, span.total_seconds())
    if seconds < 1:
        return _("under 1 s")
    if seconds < 90:
        return _("%(n)s s") % {"n": round(seconds)}
    if seconds < 5400:
        return _("%(n)s min") % {"n": round(seconds / 60)}
    if seconds < 172800:
        return _("%(hours)s h %(minutes)s min") % {"hours": int(seconds // 3600), "minutes": int(seconds % 3600 // 60)}
    return ngettext("%(n)s day", "%(n)s days", int(seconds // 86400)) % {"n": int(seconds // 86400)}


def age(moment: datetime | None) -> str:
    """How long ago a moment was."""
    return length(clock.now() - moment) if moment else "–"
