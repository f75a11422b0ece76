"""What would stop the firm if it broke, in an owner's words."""

from __future__ import annotations

import os

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import governing_roles
from filo.foundation.health.checks.backups import is_backed_up
from filo.foundation.health.checkup import Risk
from filo.foundation.health.queries import processes


def one_machine() -> Risk | None:
    """Everything runs on one machine: always so with a file as database."""
    hosts = {beat.host for beat in processes().living}
    if len(hosts) > 1:
        return None
    if connection.vendor == "sqlite":
        advice = _("Keep a second machine ready and a fresh backup on it (./filo backup), or move to PostgreSQL.")
    else:
        advice = _("Run ./filo serve and ./filo worker on a second machine too, against the same database.")
    return Risk("one-machine", _("One machine"), _("When it stops, everybody stops until it is back."), advice)


def one_disk() -> Risk | None:
    """Rows and files lie together."""
    if connection.vendor != "sqlite":
        return None
    return Risk(
        "one-disk",
        _("One disk"),
        _("The database (one SQLite file) and all the files lie on the same disk: when it breaks, both are gone."),
        _("Put the data directory on mirrored disks, and carry a backup to another place every night."),
    )


def one_database() -> Risk | None:
    """A PostgreSQL server alone."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_replication")
        if cursor.fetchone()[0]:
            return None
    return Risk(
        "one-database",
        _("One database server"),
        _("No second server follows it: when it breaks, everybody stops, and what was not copied is gone."),
        _("Set up a standby that follows it (streaming replication), or rent a database that has one."),
    )


def no_backup() -> Risk | None:
    """None was made within the last days."""
    if is_backed_up():
        return None
    return Risk(
        "no-backup",
        _("No backup"),
        _("Filo knows of no fresh backup: a broken disk, a wrong click or a thief would cost everything."),
        _("Have ./filo backup run every night for another machine, and try once with ./filo restore."),
    )


def no_mail_server() -> Risk | None:
    """Mails are only captured."""
    if settings.SMTP_SERVER is not None:
        return None
    return Risk(
        "no-mail-server",
        _("No mail server"),
        _("Mails are only kept as files: invitations, new passwords and answers reach nobody."),
        _("Name your mail server in FILO_SMTP_URL."),
    )


def one_key() -> Risk | None:
    """The secret key lies beside what it protects."""
    if os.environ.get("FILO_SECRET_KEY") or not (settings.DATA_DIR / "secret-key").exists():
        return None
    return Risk(
        "one-key",
        _("The secret key lies only in the data directory"),
        _("Without it sessions, links in mails and what is encrypted with it become worthless."),
        _("Keep a copy of the file secret-key in the firm's safe, apart from the backups."),
    )


def one_worker() -> Risk | None:
    """One process does all the work in the background."""
    if sum(1 for beat in processes().living if beat.role == "jobs") > 1 or connection.vendor == "sqlite":
        return None
    return Risk(
        "one-worker",
        _("One worker"),
        _("One process does all the work in the background: while it is away mail and imports stand still."),
        _("Run a second ./filo worker, best on another machine."),
    )


def one_administrator() -> Risk | None:
    """One person holds the keys."""
    if User.objects.filter(is_active=True, role__in=governing_roles()).count() != 1:
        return None
    return Risk(
        "one-administrator",
        _("One administrator"),
        _("One person alone can let others in: when she is away or loses her password nobody can."),
        _("Make a second person administrator."),
    )
