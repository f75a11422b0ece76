"""What can be refused about backups, dumps and copies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.errors import DomainError


class BrokenBackup(DomainError):
    """Not every byte is as it was written, or it is none of ours."""

    code = "broken-backup"
    sentence = _(
        "This backup is damaged: a part of it is not as it was written. Nothing was changed. Take another one."
    )


class NoBackup(DomainError):
    """Another kind of file, or half of one."""

    code = "no-backup-file"
    sentence = _("This is no backup of Filo, or its end is missing. Nothing was changed.")


class NoRoom(DomainError):
    """The disk would be full before the work is done."""

    code = "no-room"
    sentence = _("There is not enough room on the disk.")


class WrongDatabase(DomainError):
    """What is to be brought back does not fit what is there."""

    code = "wrong-database"
    sentence = _("This does not fit the database.")


class UpgradeStopped(DomainError):
    """A step could not be done; what was there before is kept."""

    code = "upgrade-stopped"
    sentence = _("The upgrade has stopped.")


class Waits(DomainError):
    """A muted copy holds what a person has to decide about."""

    code = "old-things-wait"
    sentence = _("Something old waits to be sent.")
