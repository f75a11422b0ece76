"""The database: whether it answers, how large it is, and what is left of its connections."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from filo.foundation.health.checkup import Finding, Level
from filo.foundation.health.reach import Question, round_trip
from filo.foundation.health.words import exact, number, percent, size

ANSWER_WITHIN = 3.0
SLOW_MS = 100.0
LARGE_FILE = 5 * 1024**3
BAD_SHARE, WARN_SHARE = 0.9, 0.7
_question = Question(round_trip)


def reachable() -> float | None:
    """Milliseconds of a round trip; None when the database is away. A SQLite file is not made by asking."""
    if connection.vendor == "sqlite" and not file_of_database().exists():
        return None
    return _question.answer(within=ANSWER_WITHIN)


def file_of_database() -> Path:
    """The SQLite file."""
    return Path(str(settings.DATABASES["default"]["NAME"]))


def size_of_database() -> int:
    """Bytes of the whole database."""
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        return sum(part.stat().st_size for part in (file, file.with_name(file.name + "-wal")) if part.exists())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def look() -> Finding:
    """One sentence about it."""
    took = reachable()
    if took is None and connection.vendor == "sqlite" and not file_of_database().exists():
        told = _("There is no database yet: its file is not where it should be.")
        return Finding(Level.BAD, told, _("./filo serve makes it; if there was one, bring back its copy first."))
    if took is None:
        return Finding(
            Level.BAD,
            _("The database does not answer: nobody can work."),
            _("Start the database, or mend DATABASE_URL; Filo goes on by itself when it answers again."),
        )
    total = size_of_database()
    figures = [(_("Size"), size(total)), (_("Round trip"), _("%(n)s ms") % {"n": exact(took)})]
    level, told, advice = _embedded(total) if connection.vendor == "sqlite" else _served(figures)
    if took > SLOW_MS and level is Level.GOOD:
        level, told = Level.WARN, _("The database answers slowly.")
        advice = _("Look what else its machine does; queries that take long are named in the log.")
    return Finding(level, told, advice, tuple(figures))


def _embedded(total: int) -> tuple[Level, str, str]:
    told = _("The database is a file on this machine (SQLite).")
    if total > LARGE_FILE:
        return Level.WARN, told, _("It is large for a file: move to PostgreSQL before it grows further.")
    return Level.GOOD, told, ""


def _served(figures: list[tuple[str, str]]) -> tuple[Level, str, str]:
    used, most = connections_used()
    shown = {"used": number(used), "most": number(most)}
    figures.append((_("Connections"), _("%(used)s of %(most)s") % shown + f" ({percent(used, most)})"))
    told = _("PostgreSQL answers; %(used)s of %(most)s connections are used.") % shown
    level = Level.BAD if used > BAD_SHARE * most else Level.WARN if used > WARN_SHARE * most else Level.GOOD
    advice = _("Raise max_connections, or lower FILO_WORKERS and FILO_THREADS.")
    return level, told, advice if level else ""


def connections_used() -> tuple[int, int]:
    """The connections of the whole PostgreSQL server, and how many it allows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),"
            " current_setting('max_connections')::int"
        )
        used, most = cursor.fetchone()
    return int(used), int(most)
