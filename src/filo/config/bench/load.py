"""Sends one kind of work through so many clients for a while: forked processes, each with a line of its own."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

from filo.config.bench.apart import FORK, leave_signals_to_the_parent
from filo.config.bench.wire import Caller, Person, Sample

Ask = Callable[[Caller], str | None]
LEAST = 3


def send(
    port: int, asks: Sequence[tuple[Ask, Person]], *, seconds: float, warm: float
) -> tuple[list[Sample], int, float]:
    """One client for each of `asks`, all at once; gives samples, requests with the warm-up, the longest seconds."""
    barrier = FORK.Barrier(len(asks))
    started: list[tuple[Any, Connection]] = []
    for ask, person in asks:
        mine, theirs = FORK.Pipe(duplex=False)
        values = (theirs, barrier, port, ask, person, seconds, warm, random.random())  # noqa: S311
        child = FORK.Process(target=_client, args=values)
        child.start()
        theirs.close()
        started.append((child, mine))
    try:
        answers = [mine.recv() for _child, mine in started]
    except BaseException:
        for child, _mine in started:
            child.terminate()
        raise
    finally:
        for child, _mine in started:
            child.join()
    samples = [sample for found, _all, _took in answers for sample in found]
    return samples, sum(every for _found, every, _took in answers), max(took for _found, _every, took in answers)


def _client(
    answer: Connection, barrier: Any, port: int, ask: Ask, person: Person, seconds: float, warm: float, seed: float
) -> None:
    leave_signals_to_the_parent()
    caller, samples = Caller(port, person, seed), list[Sample]()
    barrier.wait()
    warmed = _until(caller, ask, time.perf_counter() + warm, [], least=1)
    barrier.wait()
    began = time.perf_counter()
    done = _until(caller, ask, began + seconds, samples, least=LEAST)
    answer.send((samples, warmed + done, time.perf_counter() - began))
    caller.close()


def _until(caller: Caller, ask: Ask, end: float, samples: list[Sample], *, least: int) -> int:
    done = 0
    while done < least or time.perf_counter() < end:
        samples.append(once(caller, ask))
        done += 1
    return done


def once(caller: Caller, ask: Ask) -> Sample:
    """One piece of work, timed; what goes wrong is in the sample."""
    part, error = "", ""
    began = time.perf_counter()
    try:
        part = ask(caller) or ""
    except Exception as problem:
        error = f"{type(problem).__name__}: {problem}"
        caller.close()  # http.client opens it again
    took = time.perf_counter() - began
    sample = caller.take()
    sample.seconds, sample.part, sample.error = took, part, error
    return sample
