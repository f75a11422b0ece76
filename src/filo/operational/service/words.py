"""Moments and spans of work as people say them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filo.foundation import clock
from filo.foundation.web.templatetags.web import clock_time, short_day, week_day
from filo.operational.service.queries.waiting import Wait


def moment_words(moment: datetime) -> str:
    """today 14:30, tomorrow 9:00, yesterday 17:00, 4 Dec 9:00."""
    return f"{_near(moment, lasting=False) or short_day(moment)} {clock_time(moment)}"


def span_words(span: timedelta) -> str:
    """So many hours and minutes of work: 3 h 20 min; minutes alone below an hour."""
    minutes = max(0, round(span.total_seconds() / 60))
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return _("%(n)s min") % {"n": rest}
    if rest == 0 or hours >= 10:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def wait_words(wait: Wait, *, lasting: bool = False) -> str:
    """How long a person is waited for, in a sentence or two for the customer; "" where nobody can know.

    `lasting`: with days that are still right when it is read on another day, as in a letter.
    """
    if wait.by is None:
        return ""
    usual = _("A person usually answers by %(when)s.") if wait.cases else _("A person answers by %(when)s.")
    told = usual % {"when": _by(wait.by, lasting=lasting)}
    if wait.opens is None:
        return told
    return _("We are closed now and open %(when)s.") % {"when": _at(wait.opens, lasting=lasting)} + " " + told


def _at(moment: datetime, *, lasting: bool) -> str:
    """tomorrow at 09:00, on Friday 4 December at 09:00: with the day of the week, since Italian articles differ."""
    told = {"day": _near(moment, lasting=lasting), "time": clock_time(moment)}
    if told["day"]:
        return _("%(day)s at %(time)s") % told
    return _("on %(day)s at %(time)s") % (told | {"day": week_day(timezone.localtime(moment).date())})


def _by(moment: datetime, *, lasting: bool) -> str:
    """What follows "by": 11:00 today, 11:00 on Friday 4 December."""
    told = {"day": _near(moment, lasting=lasting), "time": clock_time(moment)}
    if told["day"]:
        return _("%(time)s %(day)s") % told
    return _("%(time)s on %(day)s") % (told | {"day": week_day(timezone.localtime(moment).date())})


def _near(moment: datetime, *, lasting: bool) -> str:
    days = (timezone.localtime(moment).date() - clock.today()).days
    return "" if lasting else {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get(days, "")
