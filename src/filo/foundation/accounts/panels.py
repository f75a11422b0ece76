"""How sockets learn who stands behind a session, and who may listen to a person's own topic."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts import policies  # noqa: F401  (declares what rights are about)
from filo.foundation.accounts.commands import register_commands
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import person_by_id, principal_in_session
from filo.foundation.accounts.second_factor import asked_until, must_set_up
from filo.foundation.organisation.policies import finds_settings
from filo.foundation.push import identity, topics
from filo.foundation.web.slots import Entry, add_entry, fill


def register() -> None:
    """Called once, when the program starts."""
    identity.use(_identify)
    topics.register("user", lambda principal, user_id: str(principal.user_id) == user_id)
    fill("home.main", _reminder, place=0)
    _add_chapters()
    register_commands()


def _add_chapters() -> None:
    people = Entry(
        "/settings/people", "users", _("People"), finds_settings, place=10, hint=_("Who works here, in which role")
    )
    roles = Entry(
        "/settings/roles", "shield", _("Roles"), finds_settings, place=20, hint=_("What each role may see and do")
    )
    security = Entry(
        "/settings/security",
        "fingerprint",
        _("Security log"),
        lambda principal: principal.may("user", "manage"),
        place=70,
        hint=_("Sign-ins, refusals, tokens, changed rights"),
    )
    for entry in (people, roles, security):
        add_entry("settings", entry)


def _reminder(request: HttpRequest, _subject: object) -> tuple[str, dict[str, Any]] | None:
    """On the first page, as long as a second factor is asked for and may still be put off."""
    until = asked_until(request.user) if isinstance(request.user, User) else None
    return ("accounts/_asked.html", {"asked_until": until}) if until else None


def _identify(session_key: str) -> Principal | None:
    """Who listens on a socket of this session, by the same rules as a page."""
    session = Session.objects.filter(session_key=session_key, expire_date__gt=timezone.now()).first()
    data = session.get_decoded() if session else {}
    user = person_by_id(str(data.get("_auth_user_id", "")))
    if user is None or not constant_time_compare(str(data.get("_auth_user_hash", "")), user.get_session_auth_hash()):
        return None
    if must_set_up(user):
        return None
    return principal_in_session(user, str(data.get("view_as", "")), door="socket")
