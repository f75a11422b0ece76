"""Who listens to which events: functions in the `handlers.py` of the apps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from filo.foundation.events.base import DomainEvent, EventMeta
from filo.foundation.events.models import OutboxEvent

Event = TypeVar("Event", bound=DomainEvent)


@dataclass(frozen=True)
class Handler:
    """A function that does something about an event; `name` is remembered with each event it handled."""

    name: str
    run: Callable[[Any, EventMeta], None]


@dataclass(frozen=True)
class Subscriber:
    """A function that is told of every event, many at a time; what it does about one it has to do once itself."""

    name: str
    run: Callable[[Sequence[OutboxEvent]], None]


_by_type: dict[str, dict[str, Handler]] = defaultdict(dict)
_subscribers: dict[str, Subscriber] = {}


def on(
    *kinds: type[Event],
) -> Callable[[Callable[[Event, EventMeta], None]], Callable[[Event, EventMeta], None]]:
    """Have a function called for each event of these kinds, once it is committed.

    It runs in a transaction of its own, at least once; what it writes is written once. It has to be short
    (on SQLite it holds the only writer): for long or outward work it enqueues a job.
    """

    def register(function: Callable[[Event, EventMeta], None]) -> Callable[[Event, EventMeta], None]:
        handler = Handler(f"{function.__module__}.{function.__qualname__}", function)
        for kind in kinds:
            _by_type[kind.type][handler.name] = handler
        return function

    return register


def on_every(function: Callable[[Sequence[OutboxEvent]], None]) -> Callable[[Sequence[OutboxEvent]], None]:
    """Have a function called with all events of any kind as they are relayed, in the relay's own transaction.

    For who passes events on, whatever they are about: an import announces by the thousand, and one call with
    two hundred rows costs what one row would. It may be told of a row again, so its effect needs a key.
    """
    name = f"{function.__module__}.{function.__qualname__}"
    _subscribers[name] = Subscriber(name, function)
    return function


def subscribers() -> list[Subscriber]:
    """Who is told of every event."""
    return list(_subscribers.values())


def subscriber_named(name: str) -> Subscriber | None:
    """A subscriber by its dotted name; None when it is no more."""
    return _subscribers.get(name)


def handlers_of(type_: str) -> list[Handler]:
    """The handlers of an event type, in the order of the house."""
    return list(_by_type.get(type_, {}).values())


def handler_named(name: str, type_: str) -> Handler | None:
    """A handler by its dotted name; None when it is no more."""
    return _by_type.get(type_, {}).get(name)


@cache
def load_handlers() -> None:
    """Import `handlers.py` and `events.py` of every app of Filo, once."""
    import_from_apps("events")
    import_from_apps("handlers")


def import_from_apps(name: str) -> None:
    """Import a role module from every app of Filo that has one, in the order of the house."""
    for config in apps.get_app_configs():
        if config.name.startswith("filo.") and config.module and module_has_submodule(config.module, name):
            import_module(f"{config.name}.{name}")
