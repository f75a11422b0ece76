"""The kinds of jobs: functions marked with `@job` in the `jobs.py` of the apps, found by name."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, Concatenate, Generic, Literal, ParamSpec

from django.utils.functional import Promise

from filo.foundation.events.registry import import_from_apps
from filo.foundation.jobs.context import JobContext

P = ParamSpec("P")
Queue = Literal["default", "long", "mail", "outward"]
QUEUES: tuple[Queue, ...] = ("default", "long", "mail", "outward")
LONGEST_RUN = {
    "default": timedelta(minutes=10),
    "long": timedelta(hours=6),
    "mail": timedelta(minutes=10),
    "outward": timedelta(minutes=10),
}
# The keywords of `enqueue`, which a job's own arguments must not hide.
RESERVED = {"work", "principal", "run_at", "key"}


@dataclass(frozen=True)
class JobKind(Generic[P]):
    """A kind of job; called directly it is the plain function (tests do).

    `label` is what people call it; the end of one that is `announced` is told to who asked for it.
    """

    name: str
    function: Callable[Concatenate[JobContext, P], Any]
    queue: Queue
    attempts: int
    deadline: timedelta
    atomic: bool
    label: str | Promise = ""
    announced: bool = False

    def __call__(self, context: JobContext, /, *args: P.args, **kwargs: P.kwargs) -> Any:
        return self.function(context, *args, **kwargs)


_kinds: dict[str, JobKind[Any]] = {}


def job(
    *,
    label: str | Promise = "",
    queue: Queue = "default",
    attempts: int = 5,
    deadline: timedelta | None = None,
    atomic: bool = True,
    announced: bool | None = None,
) -> Callable[[Callable[Concatenate[JobContext, P], Any]], JobKind[P]]:
    """Make a job of a function of a `JobContext` and keyword parameters that are JSON values.

    label: what people call it (every job of Filo has one). announced: whether its end is told to who asked
    for it; else only that of a long one is.
    atomic: effect and *done* are one transaction, so the effect happens exactly once; for short work in the
    database. atomic=False: the function commits by itself, step by step, and may be begun again after a
    crash: it has to be able to go on. Work on the queue "long" is never atomic (on SQLite it would hold the
    only writer). deadline: the longest that one attempt may take; past it others may take the job.
    """
    if queue == "long" and atomic:
        raise TypeError("a long job works in steps of its own: atomic=False")

    def register(function: Callable[Concatenate[JobContext, P], Any]) -> JobKind[P]:
        hidden = RESERVED & inspect.signature(function).parameters.keys()
        if hidden:
            raise TypeError(f"{function.__qualname__}: {sorted(hidden)} are keywords of enqueue()")
        kind = JobKind(
            _name(function),
            function,
            queue,
            attempts,
            deadline or LONGEST_RUN[queue],
            atomic,
            label,
            queue == "long" if announced is None else announced,
        )
        known = _kinds.setdefault(kind.name, kind)
        if (known.function.__module__, known.function.__qualname__) != (
            function.__module__,
            function.__qualname__,
        ):
            raise TypeError(f"{kind.name} is the name of two jobs")
        _kinds[kind.name] = kind
        return kind

    return register


def job_named(name: str) -> JobKind[Any] | None:
    """The kind of this name; None when this version of Filo does not know it (any more)."""
    load_jobs()
    return _kinds.get(name)


def queue_named(name: str) -> Queue:
    """The queue of this name; raises LookupError."""
    for queue in QUEUES:
        if queue == name:
            return queue
    raise LookupError(name)


def job_kinds() -> list[JobKind[Any]]:
    """Every kind of this version, by name."""
    load_jobs()
    return [kind for _name, kind in sorted(_kinds.items())]


def atomic_names() -> frozenset[str]:
    """The names of the kinds that are one transaction each."""
    load_jobs()
    return frozenset(name for name, kind in _kinds.items() if kind.atomic)


@cache
def load_jobs() -> None:
    """Import `jobs.py` of every app of Filo, once."""
    import_from_apps("jobs")


def _name(function: Callable[..., Any]) -> str:
    """topic.function, for `filo.<layer>.<topic>.jobs[.<file>]`; elsewhere (tests) the module's last word."""
    parts = function.__module__.split(".")
    topic = parts[2] if len(parts) > 3 and parts[3] == "jobs" else parts[-1]
    return f"{topic}.{function.__name__}"
