"""The day of the team in the rail, in the palette, in the digest and among the settings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.slots import Entry, add_entry
from filo.operational.team.agenda import declare_requests
from filo.operational.team.changed import register_changes
from filo.operational.team.digest import declare_digest
from filo.operational.team.measures import declare_measures
from filo.operational.team.services.taking_back import register_undo


def register() -> None:
    """Called once, when the program starts."""
    declare_measures()
    declare_requests()
    declare_digest()
    register_changes()
    register_undo()
    add_entry("rail", Entry("/team/today", "users", _("Team"), _leads, place=18, key="g e"))
    add_entry(
        "settings",
        Entry(
            "/team/plans",
            "target",
            _("Plans of the team"),
            lambda principal: principal.may("team", "edit"),
            place=52,
            hint=_("How many calls, visits, requests in a day or a week"),
        ),
    )
    add_command(
        Command(
            "team.mine",
            _("My day in figures"),
            "activity",
            "/team/today",
            lambda principal: principal.may("team", "view") and not _leads(principal),
            words="giornata squadra attivita risultati piano obiettivi day results plan",
            place=40,
        )
    )


def _leads(principal: Principal) -> bool:
    return principal.scope("team", "view") > Scope.OWN
