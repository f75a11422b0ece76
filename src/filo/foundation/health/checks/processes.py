"""Who lives, who fell silent, and what stands still because of it."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation import clock
from filo.foundation.health.checkup import Finding, Level
from filo.foundation.health.models import ProcessBeat
from filo.foundation.health.queries import Processes, processes
from filo.foundation.health.words import moment, number, size, span


def look() -> Finding:
    """The processes, by the beat that each writes."""
    found = processes()
    figures = tuple(
        (title, number(sum(1 for beat in found.living if beat.role in roles)))
        for title, roles in ((_("Serving pages and API"), _SERVING), (_("Doing the work in the background"), ("jobs",)))
    )
    if not found.living:
        return Finding(
            Level.BAD,
            _("No process of Filo is running: nobody can work."),
            _("Start it with ./filo serve, and have the machine start it by itself."),
        )
    missing = _what_stands_still(found)
    if missing:
        return Finding(Level.BAD, " ".join(missing), _advice(found), figures)
    fell = max((beat.seen_at for beat in found.silent), default=None)
    if fell is not None:
        sentence = _("All parts work. One did not say goodbye (last seen %(at)s); another does its work.")
        return Finding(Level.GOOD, sentence % {"at": moment(fell)}, figures=figures)
    return Finding(Level.GOOD, _("All parts work."), figures=figures)


STARTING = timedelta(seconds=3)
_SERVING = ("all", "staff", "portal", "api")


def _what_stands_still(found: Processes) -> list[str]:
    """A sentence for each part that nobody does, in words of the house."""
    sentences = {
        "pages": _("The pages of the staff do not open."),
        "portal": _("The public pages do not open."),
        "api": _("Programs that use the API get no answer."),
        "work": _("Mail, imports and events stand still; pages work."),
    }
    told = []
    for part, sentence in sentences.items():
        if not found.serve(part):
            last = found.last_seen(part)
            told.append(sentence + (f" {_since(last)}" if last is not None else ""))
    return told + _loops_that_stopped(found)


def _since(last: ProcessBeat) -> str:
    ago = span((clock.now() - last.seen_at).total_seconds())
    facts = {"pid": last.pid, "host": last.host, "ago": ago, "at": moment(last.seen_at)}
    return _("The process %(pid)d on %(host)s has been silent for %(ago)s, since %(at)s.") % facts


def _loops_that_stopped(found: Processes) -> list[str]:
    """A worker that lives but has lost one of its loops does only part of its work."""
    sentences = {
        "relay": _("Events are not handed on."),
        "schedule": _("Recurring work is not started."),
        "mail": _("Mail is not sent."),
        "default": _("Short work in the background stands still."),
        "long": _("Imports and other long work stand still."),
    }
    # the first beat comes before the loops have started
    workers = [beat for beat in found.living if beat.role == "jobs"]
    if any(beat.seen_at - beat.started_at < STARTING for beat in workers):
        return []
    running = {loop for beat in workers for loop in beat.loops}
    return [told for loop, told in sentences.items() if workers and loop not in running]


def _advice(found: Processes) -> str:
    if not found.serve("work"):
        return _("Start it with ./filo worker, or restart ./filo serve; what waits is done then, nothing is lost.")
    return _("Restart ./filo serve; what waits is done then, nothing is lost.")


def row(beat: ProcessBeat) -> dict[str, object]:
    """A process as *Health* lists it."""
    silent = (clock.now() - beat.seen_at).total_seconds() > 30
    return {
        "role": ROLES.get(beat.role, beat.role),
        "where": f"{beat.host} · {beat.pid}",
        "level": Level.BAD if silent else Level.GOOD,
        "state": _("silent since %(at)s") % {"at": moment(beat.seen_at)} if silent else _("lives"),
        "since": span((beat.seen_at - beat.started_at).total_seconds()),
        "memory": size(beat.memory),
        "version": beat.version,
    }


ROLES = {
    "all": gettext_lazy("Pages, portal and API"),
    "staff": gettext_lazy("Pages of the staff"),
    "portal": gettext_lazy("Public pages"),
    "api": gettext_lazy("API"),
    "jobs": gettext_lazy("Work in the background"),
    "mail-in": gettext_lazy("Mail that comes in"),
}
