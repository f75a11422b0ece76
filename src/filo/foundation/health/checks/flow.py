"""What waits: work in the background, events, mail; and the line to open pages."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from filo.foundation.health import flow
from filo.foundation.health.checkup import Finding, Level
from filo.foundation.health.queries import processes
from filo.foundation.health.words import number, span
from filo.foundation.push import wakeups

BAD_WAIT, WARN_WAIT = 900, 120
QUEUE_NAMES = {
    "default": lambda: _("Short work"),
    "long": lambda: _("Imports and long work"),
    "mail": lambda: _("Mail"),
    "outward": lambda: _("Calls to other programs"),
}


def work() -> Finding:
    """The queues: how much is due, and since when."""
    waiting, aside = flow.queues(), flow.set_aside()
    longest = max((found.seconds for found in waiting.values()), default=0)
    figures = [(_queue(name), _waiting(found)) for name, found in waiting.items()]
    figures.append((_("Jobs set aside"), _counted(aside)))
    level = _level(longest)
    if level:
        told = _("Work has been waiting for %(span)s.") % {"span": span(longest)}
        return Finding(level, told, _("Start another ./filo worker, or look which work takes so long."), tuple(figures))
    if aside:
        told = _("Work that failed too often is set aside: %(n)s.") % {"n": _counted(aside)}
        return Finding(Level.WARN, told, _("See what failed, mend the cause, and start it again."), tuple(figures))
    return Finding(Level.GOOD, _("Nothing waits for long."), "", tuple(figures))


def _queue(name: str) -> str:
    return QUEUE_NAMES[name]() if name in QUEUE_NAMES else name


def events() -> Finding:
    """The relay: what was announced and not handed on yet."""
    waiting, parked = flow.events(), flow.events_parked()
    figures = ((_("Waiting"), _waiting(waiting)), (_("Given up for now"), _counted(parked)))
    level = _level(waiting.seconds)
    if level:
        told = _("Events have been waiting for %(span)s.") % {"span": span(waiting.seconds)}
        return Finding(level, told, _("Start ./filo worker: it hands them on, in their order."), figures)
    if parked:
        told = _("Some events could not be handed on: %(n)s.") % {"n": _counted(parked)}
        return Finding(Level.WARN, told, _("The log says which part refused them; they are kept."), figures)
    return Finding(Level.GOOD, _("Events are handed on at once."), "", figures)


def mail() -> Finding:
    """What has to leave, and what was refused."""
    found, oldest = flow.mails(), flow.oldest_mail()
    stopped = found["failed"] + found["unknown"]
    figures = (
        (_("Waiting"), _counted(found["queued"] + found["sending"])),
        (_("Refused or in doubt"), _counted(stopped)),
        (_("Sent in a day"), number(found["sent_in_a_day"])),
    )
    level = _level(oldest)
    if level:
        told = _("Mail has been waiting for %(span)s.") % {"span": span(oldest)}
        return Finding(level, told, _("Start ./filo worker, and look whether the mail server answers."), figures)
    if stopped:
        told = _("Some mails were refused, or it is not known whether they left: %(n)s.") % {"n": _counted(stopped)}
        return Finding(Level.WARN, told, _("Open the outbox, correct the address, and send them again."), figures)
    if settings.SMTP_SERVER is None:
        told = _("No mail leaves: there is no mail server, so mails are kept as files and shown in the outbox.")
        return Finding(Level.WARN, told, _("Name your mail server in FILO_SMTP_URL."), figures)
    return Finding(Level.GOOD, _("Mail leaves at once."), "", figures)


def push() -> Finding:
    """How open pages hear of changes, and how many are open."""
    open_pages = sum(beat.sockets for beat in processes().living)
    if wakeups.redis_url():
        way, asks = _("Redis"), wakeups.redis_url()
    else:
        way, asks = _("the database"), ""
    figures = ((_("Open pages"), number(open_pages)), (_("By way of"), way))
    if asks and not _redis_answers(asks):
        told = _("Redis does not answer: open pages hear of changes late.")
        return Finding(Level.WARN, told, _("Start Redis, or mend REDIS_URL."), figures)
    return Finding(Level.GOOD, _("Open pages hear of changes at once."), "", figures)


def _redis_answers(url: str) -> bool:
    import redis  # loaded only where it is used

    try:
        with redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1) as line:
            return bool(line.ping())
    except redis.RedisError:
        return False


def _level(seconds: float) -> Level:
    return Level.BAD if seconds > BAD_WAIT else Level.WARN if seconds > WARN_WAIT else Level.GOOD


def _waiting(found: flow.Waiting) -> str:
    if not found.count:
        return _("none")
    return _("%(n)s, for %(span)s") % {"n": _counted(found.count), "span": span(found.seconds)}


def _counted(count: int) -> str:
    return number(count) if count < flow.CAP else _("more than %(n)s") % {"n": number(flow.CAP - 1)}
