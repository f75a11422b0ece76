"""The small site's people: whoever the session names, with the topics that the session lists."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings

from filo.foundation.access.principal import Principal
from filo.foundation.push import identity, topics


class SmallSite(AppConfig):
    """Registers them."""

    name = "small_site"

    def ready(self) -> None:
        identity.use(somebody)
        topics.register("party", lambda principal, reference: reference in principal.role.split())


def somebody(session_key: str) -> Principal | None:
    """The person of a session, with what they may see in place of a role."""
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key).load()
    return Principal(kind="staff", name=session["name"], role=session["sees"]) if session else None
