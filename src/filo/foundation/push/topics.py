"""What pages can listen to, and who may: each kind of topic is registered by the app that owns it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.core.exceptions import ValidationError

from filo.foundation.access.principal import Principal

MayListen = Callable[[Principal, str], bool]
Data = Mapping[str, str | int | None]
Fill = Callable[[Principal, Sequence[tuple[str, Data]]], Sequence[Data]]
LONGEST = 120
_kinds: dict[str, MayListen] = {}
_fills: dict[str, Fill] = {}


def register(prefix: str, may_listen: MayListen) -> None:
    """Let pages listen to "`prefix`:REFERENCE" where `may_listen(principal, REFERENCE)` says yes.

    It is asked before every delivery: a lookup through `visible_to` by primary key, nothing more.
    """
    _kinds[prefix] = may_listen


def widen(prefix: str, may_listen: MayListen) -> None:
    """Let those hear of "`prefix`:…" too to whom a higher app's rule says yes."""
    first = _kinds[prefix]
    _kinds[prefix] = lambda principal, reference: first(principal, reference) or may_listen(principal, reference)


def fill_with(prefix: str, fill: Fill) -> None:
    """Messages on "`prefix`:…" are told with their content: `fill(principal, [(kind, data)])` gives each one's data.

    What is kept of a message is its ids alone; content is read when it is told, under the rights of who hears it, in
    one question for all that is told together. For what has to be quick (a chat): others fetch by their own doors.
    """
    _fills[prefix] = fill


def filled(principal: Principal, topic: str, told: Sequence[tuple[str, Data]]) -> Sequence[Data]:
    """The data of messages on one topic, as this principal is told them."""
    fill = _fills.get(topic.partition(":")[0])
    return fill(principal, told) if fill else [data for _kind, data in told]


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
