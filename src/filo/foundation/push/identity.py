"""Who stands behind a session: accounts says so, since push may not know accounts."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.utils import timezone

from filo.foundation.access.principal import Principal

Identify = Callable[[str], Principal | None]
Living = Callable[[Collection[str]], set[str]]


def _nobody(session_key: str) -> Principal | None:
    return None


def _stored(session_keys: Collection[str]) -> set[str]:
    from django.contrib.sessions.models import Session  # models load only after the apps

    found = Session.objects.filter(session_key__in=session_keys, expire_date__gt=timezone.now())
    return set(found.values_list("session_key", flat=True))


_identify: Identify = _nobody
_living: Living = _stored


def use(identify: Identify, living: Living = _stored) -> None:
    """Set how a session's key becomes a principal (None: signed out, inactive), and which of many keys live.

    `identify` is asked before a message is delivered, at most once a second for a socket. `living` is asked
    for all open sockets together, more than once a second: it has to be one cheap query.
    """
    global _identify, _living
    _identify, _living = identify, living


def identify(session_key: str) -> Principal | None:
    """The principal of a session as things are now."""
    return _identify(session_key)


def living(session_keys: Collection[str]) -> set[str]:
    """Those of the sessions that are still open."""
    keys = sorted(session_keys)
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        found |= _living(keys[start : start + 500])
    return found
