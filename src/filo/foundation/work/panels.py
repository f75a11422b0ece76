"""What work adds to the shell: its page among the settings, the sign of one's own, and who may listen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.jobs.watching import watch_jobs, watch_queues
from filo.foundation.push import topics
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.foundation.work import telling
from filo.foundation.work.policies import sees_all_work
from filo.foundation.work.queries import sign_of


def register() -> None:
    """Called once, when the program starts."""
    hint = _("What runs, what broke, what comes round")
    entry = Entry("/settings/work", "refresh-cw", _("Work in the background"), sees_all_work, place=82, hint=hint)
    add_entry("settings", entry)
    add_command(
        Command("work.own", _("My work in the background"), "refresh-cw", "/work", words="lavori jobs", place=64)
    )
    fill("shell.top", _sign, place=20)
    topics.register("job", telling.may_hear_of_job)
    topics.register("work-of", telling.may_hear_of_own)
    topics.register("work", telling.may_hear_of_all)
    watch_jobs(telling.tell_of_job)
    watch_queues(telling.tell_of_queues)


def _is_idle(request: HttpRequest, principal: Principal) -> bool:
    """What was read with the person already: that none of this person's work is under way."""
    user = request.user
    return user.pk == principal.user_id and not getattr(user, "has_work", True)


def _sign(request: HttpRequest, _subject: object) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    shown = sign_of(principal, is_idle=_is_idle(request, principal)) if principal else None
    return ("work/_sign.html", shown) if shown else None
