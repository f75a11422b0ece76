"""What pages can listen to, and who may: each kind of topic is registered by the app that owns it."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError

from filo.foundation.access.principal import Principal

MayListen = Callable[[Principal, str], bool]
LONGEST = 120
_kinds: dict[str, MayListen] = {}


def register(prefix: str, may_listen: MayListen) -> None:
    """Let pages listen to "`prefix`:REFERENCE" where `may_listen(principal, REFERENCE)` says yes.

    It is asked before every delivery: a lookup through `visible_to` by primary key, nothing more.
    """
    _kinds[prefix] = may_listen


def may_listen(principal: Principal, topic: str) -> bool:
    """Whether this principal may hear of this topic now; an unknown or misspelt topic is heard by nobody."""
    prefix, _colon, reference = topic.partition(":")
    asked = _kinds.get(prefix)
    if asked is None or len(topic) > LONGEST:
        return False
    try:
        return asked(principal, reference)
    except (ValueError, ValidationError):  # a reference that is no identifier
        return False
