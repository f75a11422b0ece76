"""Who stands behind a session, or behind a visitor's secret: higher apps say so, since push may not know them."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.utils import timezone

from filo.foundation.access.principal import Principal

VISITOR = "visitor:"  # before a visitor's secret, where keys of sessions and of visitors stand together
Identify = Callable[[str], Principal | None]
Living = Callable[[Collection[str]], set[str]]


def _nobody(session_key: str) -> Principal | None:
    return None


def _none(_keys: Collection[str]) -> set[str]:
    return set()


def _stored(session_keys: Collection[str]) -> set[str]:
    from django.contrib.sessions.models import Session  # models load only after the apps

    found = Session.objects.filter(session_key__in=session_keys, expire_date__gt=timezone.now())
    return set(found.values_list("session_key", flat=True))


_identify: Identify = _nobody
_living: Living = _stored
_visitor: Identify = _nobody
_living_visitors: Living = _none


def use(identify: Identify, living: Living = _stored) -> None:
    """Set how a session's key becomes a principal (None: signed out, inactive), and which of many keys live.

    `identify` is asked before a message is delivered, at most once a second for a socket. `living` is asked
    for all open sockets together, more than once a second: it has to be one cheap query.
    """
    global _identify, _living
    _identify, _living = identify, living


def use_visitors(identify: Identify, living: Living) -> None:
    """The same for the secrets of visitors on public pages."""
    global _visitor, _living_visitors
    _visitor, _living_visitors = identify, living


def identify(session_key: str) -> Principal | None:
    """The principal of a session or of a visitor as things are now."""
    if session_key.startswith(VISITOR):
        return _visitor(session_key.removeprefix(VISITOR))
    return _identify(session_key)


def living(session_keys: Collection[str]) -> set[str]:
    """Those of the sessions and visits that are still open."""
    found: set[str] = set()
    sessions = sorted(key for key in session_keys if not key.startswith(VISITOR))
    for start in range(0, len(sessions), 500):
        found |= _living(sessions[start : start + 500])
    visitors = sorted(key.removeprefix(VISITOR) for key in session_keys if key.startswith(VISITOR))
    for start in range(0, len(visitors), 500):
        found |= {f"{VISITOR}{key}" for key in _living_visitors(visitors[start : start + 500])}
    return found
