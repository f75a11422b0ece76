"""What this topic adds: *Health* among the settings, the checks, the risks, and a measure around every job."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.health import single_points
from filo.foundation.health.at_work import attempt_measured
from filo.foundation.health.checks import backups, database, flow, machine, processes
from filo.foundation.health.checkup import Check, add_check, add_risk
from filo.foundation.health.policies import sees_health
from filo.foundation.jobs.observing import stand_around_jobs
from filo.foundation.push import topics
from filo.foundation.web.slots import Entry, add_entry

CHECKS = (
    Check("processes", _("Processes"), "network", processes.look, 10),
    Check("database", _("Database"), "database", database.look, 20),
    Check("disk", _("Disk"), "hard-drive", machine.disk, 30),
    Check("memory", _("Memory"), "memory-stick", machine.memory, 40),
    Check("work", _("Work in the background"), "list-checks", flow.work, 50),
    Check("events", _("Events"), "route", flow.events, 60),
    Check("mail", _("Mail"), "mail", flow.mail, 70),
    Check("push", _("Open pages"), "monitor", flow.push, 80),
    Check("clock", _("Clock"), "clock", machine.clock_skew, 90),
    Check("backups", _("Backups"), "history", backups.look, 100),
    Check("copy", _("Copy"), "copy", backups.look_for_mute, 110),
)
RISKS = {
    "one-machine": single_points.one_machine,
    "one-disk": single_points.one_disk,
    "one-database": single_points.one_database,
    "no-backup": single_points.no_backup,
    "no-mail-server": single_points.no_mail_server,
    "one-key": single_points.one_key,
    "one-worker": single_points.one_worker,
    "one-administrator": single_points.one_administrator,
}


def register() -> None:
    """Called once, when the program starts."""
    for check in CHECKS:
        add_check(check)
    for code, look in RISKS.items():
        add_risk(code, look)
    stand_around_jobs(attempt_measured)
    topics.register("health", lambda principal, _all: sees_health(principal))
    hint = _("What lives, what waits, how much room is left")
    add_entry("settings", Entry("/settings/health", "activity", _("Health"), sees_health, place=65, hint=hint))
