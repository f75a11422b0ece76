"""Backups: when the last one was made; and whether this is a copy that keeps silent."""

from __future__ import annotations

from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.audit.models import AuditEntry
from filo.foundation.copies.models import Backup
from filo.foundation.copies.queries import last_backup, standing_mute
from filo.foundation.health.checkup import Finding, Level
from filo.foundation.health.words import moment, size, span

LATE_DAYS = 7
DAY = 86_400


def look() -> Finding:
    """Good for a week after one was made."""
    last = last_backup()
    if last is None and is_demo():
        return Finding(Level.GOOD, _("This is the demo company: nothing of it has to be kept."))
    how = _("Have ./filo backup FILE run every night, and the file carried to another machine.")
    if last is None:
        return Finding(Level.WARN, _("No backup was ever made: what breaks with this machine is lost."), how)
    age = (clock.now() - last.at).total_seconds()
    figures = ((_("Size"), size(last.size)), (_("Took"), span(last.seconds)), (_("File"), last.file))
    told = _("The last backup was made %(span)s ago.") % {"span": span(age)}
    return Finding(Level.WARN, told, how, figures) if _is_late(last) else Finding(Level.GOOD, told, "", figures)


def is_backed_up() -> bool:
    """Whether a backup was made within the last days, or there is nothing to keep."""
    last = last_backup()
    return is_demo() if last is None else not _is_late(last)


def is_demo() -> bool:
    """Whether the demo company lives here: its loading is noted in the audit."""
    return AuditEntry.objects.filter(kind="demo").exists()


def _is_late(last: Backup) -> bool:
    return (clock.now() - last.at).total_seconds() > LATE_DAYS * DAY


def look_for_mute() -> Finding:
    """A copy that was brought back keeps silent until somebody ends that."""
    muted = standing_mute()
    if muted is None:
        return Finding(Level.GOOD, _("This is no copy: mail leaves, and other programs are called."))
    told = _("This is a muted copy of %(moment)s: no mail leaves, and no other program is called.")
    advice = _("When it takes the place of the original, end that with ./filo unmute.")
    return Finding(Level.WARN, told % {"moment": moment(muted.taken_at)}, advice)
