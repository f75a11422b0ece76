"""Runs a function with Django loaded in a child, so that the process that measures stays small and holds no line."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
FORK = multiprocessing.get_context("fork")


class Failed(Exception):
    """The child could not do it; the message is its last line."""


def apart(environment: dict[str, str], function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `function` gives, run in a child with this environment and Django ready. Raises `Failed`."""
    mine, theirs = FORK.Pipe(duplex=False)
    child = FORK.Process(target=_run, args=(theirs, environment, function, args, kwargs))
    child.start()
    theirs.close()
    try:
        good, found = mine.recv()
    except EOFError:
        good, found = False, "the child ended before it was done"
    except BaseException:
        child.terminate()
        raise
    finally:
        child.join()
    if not good:
        raise Failed(str(found))
    return found  # type: ignore[no-any-return]


def _run(answer: Connection, environment: dict[str, str], function: Callable[..., Any], args: Any, kwargs: Any) -> None:
    leave_signals_to_the_parent()
    os.environ.clear()
    os.environ.update(environment)
    try:
        from filo.config.startup import start_django

        start_django()
        answer.send((True, function(*args, **kwargs)))
    except BaseException as error:
        answer.send((False, f"{type(error).__name__}: {error}"))


def leave_signals_to_the_parent() -> None:
    """A child hears Ctrl-C too, but its parent ends it, quietly."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
