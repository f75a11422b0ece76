"""Sizes and spans as people say them."""

from __future__ import annotations

from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE, HOUR, DAY = 60, 3600, 86_400


def size(count: float) -> str:
    """1.2 GB."""
    return str(filesizeformat(max(0, count))).replace("\xa0", " ")


def span(seconds: float) -> str:
    """12 seconds, 3 minutes, 5 hours, 2 days."""
    whole = max(0, int(seconds))
    if whole < MINUTE:
        return ngettext("%(n)d second", "%(n)d seconds", whole) % {"n": whole}
    if whole < HOUR:
        return ngettext("%(n)d minute", "%(n)d minutes", whole // MINUTE) % {"n": whole // MINUTE}
    if whole < 2 * DAY:
        return ngettext("%(n)d hour", "%(n)d hours", whole // HOUR) % {"n": whole // HOUR}
    return ngettext("%(n)d day", "%(n)d days", whole // DAY) % {"n": whole // DAY}


def number(count: float) -> str:
    """12.345 in Italian."""
    return formats.number_format(round(count), use_l10n=True, force_grouping=True)


def exact(count: float) -> str:
    """12,3 in Italian."""
    return formats.number_format(count, 1, use_l10n=True)


def moment(when: datetime) -> str:
    """The time of day, with the day when it is another one."""
    local = timezone.localtime(when)
    form = "H:i:s" if local.date() == timezone.localdate() else "j M H:i"
    return formats.date_format(local, form)


def percent(part: float, whole: float) -> str:
    """42 %."""
    return _("%(n)d %%") % {"n": round(100 * part / whole) if whole else 0}
