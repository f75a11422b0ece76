"""The machine: room on the disk, memory, and whether its clock goes right."""

from __future__ import annotations

import shutil

import psutil
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.health.checkup import Finding, Level
from filo.foundation.health.queries import growth_a_day, processes
from filo.foundation.health.words import exact, number, percent, size

GB = 1024**3
BAD_FREE, WARN_FREE, WARN_SHARE = GB // 2, 5 * GB, 0.1
BAD_DAYS, WARN_DAYS = 3, 30
BAD_MEMORY, WARN_MEMORY = 0.04, 0.1
BAD_SKEW, WARN_SKEW = 60.0, 5.0


def disk() -> Finding:
    """Free room where the data lies, and for how long it lasts."""
    return disk_with(growth_a_day("disk-used", shutil.disk_usage(settings.DATA_DIR).used))


def disk_with(growth: float | None) -> Finding:
    """The same with a growth that is known, or not: without the database the disk can be looked at all the same."""
    found = shutil.disk_usage(settings.DATA_DIR)
    days = found.free / growth if growth and growth > 0 else None
    figures = (
        (_("Free"), size(found.free)),
        (_("Used"), percent(found.used, found.total)),
        (_("Growth a day"), _("not known before tomorrow") if growth is None else size(max(0, growth))),
    )
    told = _("%(free)s are free.") % {"free": size(found.free)}
    if days is not None and days < 3650:
        sentence = _("%(free)s are free; at the present growth the disk is full in %(days)s days.")
        told = sentence % {"free": size(found.free), "days": number(days)}
    level = _level_of_disk(found.free, found.total, days)
    advice = _("Make room or take a larger disk: when it is full nothing can be saved any more.")
    return Finding(level, told, advice if level else "", figures)


def _level_of_disk(free: int, total: int, days: float | None) -> Level:
    if free < BAD_FREE or (days is not None and days < BAD_DAYS):
        return Level.BAD
    scarce = free < WARN_FREE and free < WARN_SHARE * total
    return Level.WARN if scarce or (days is not None and days < WARN_DAYS) else Level.GOOD


def memory() -> Finding:
    """What the machine has left, and what Filo holds of it."""
    machine = psutil.virtual_memory()
    held = sum(beat.memory for beat in processes().living)
    figures = (
        (_("Available"), size(machine.available)),
        (_("Machine"), size(machine.total)),
        (_("Held by Filo"), size(held)),
    )
    share = machine.available / machine.total
    level = Level.BAD if share < BAD_MEMORY else Level.WARN if share < WARN_MEMORY else Level.GOOD
    told = _("%(free)s of memory are available.") % {"free": size(machine.available)}
    advice = _("Close other programs, give the machine more memory, or lower FILO_WORKERS.")
    return Finding(level, told, advice if level else "", figures)


def clock_skew() -> Finding:
    """Whether this machine and the database agree on what time it is."""
    if connection.vendor == "sqlite":
        return Finding(Level.GOOD, _("There is one clock, that of this machine."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    apart = abs((clock.now() - theirs).total_seconds())
    level = Level.BAD if apart > BAD_SKEW else Level.WARN if apart > WARN_SKEW else Level.GOOD
    told = _("The clocks of this machine and of the database are %(n)s s apart.") % {"n": exact(apart)}
    advice = _("Have both machines set their clocks by the network (NTP).")
    return Finding(level, told, advice if level else "")
