"""Reads and cleans the rows of a file: of a long one in a process of its own, ahead of the one that writes them."""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.utils import translation

from filo.operational.parties.services.newcomers import words_of_draft
from filo.operational.transfer.facts import Facts
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.reading import Shape, Unreadable, read_rows
from filo.operational.transfer.rows import read_row

# A process takes a second or two to be there: for fewer rows that is longer than it saves.
WORTH_A_PROCESS = 4_000
_CHILD = [
    sys.executable,
    "-P",
    "-c",
    "import django; django.setup(); from filo.operational.transfer import ahead; ahead.main()",
]


@dataclass(frozen=True)
class Errand:
    """What is to be read: from the row after number `after` on, so many rows at a time."""

    path: Path
    shape: Shape
    columns: tuple[Column, ...]
    kind: str
    after: int
    size: int
    language: str


@dataclass
class Chunk:
    """Clean rows, and the seconds that each kind of work on them took."""

    rows: list[Facts]
    times: dict[str, float] = field(default_factory=dict)


def chunks_of_file(errand: Errand, *, rows: int) -> Generator[Chunk, None, None]:
    """The rows of a file; `rows` is about how many they are. Raises `Unreadable`, OSError.

    When the other process ends before its time (no memory is left, somebody killed it) this one reads on.
    """
    after = errand.after
    if rows >= WORTH_A_PROCESS:
        for chunk in _from_another_process(errand):
            if chunk is None:
                return
            after = chunk.rows[-1].number
            yield chunk
    yield from _read(replace(errand, after=after))


def _read(errand: Errand) -> Iterator[Chunk]:
    found = read_rows(errand.path, errand.shape, after=errand.after)
    while True:
        started = time.perf_counter()
        cells = list(islice(found, errand.size))
        read = time.perf_counter()
        if not cells:
            return
        rows = [read_row(number, row, errand.columns, errand.kind) for number, row in cells]
        cleaned = time.perf_counter()
        for facts in rows:
            if facts.draft is not None:
                facts.words = words_of_draft(facts.draft)
                _ = facts.draft.sort_name  # reckoned here, and kept with it
        times = {"reading": read - started, "cleaning": cleaned - read, "words": time.perf_counter() - cleaned}
        yield Chunk(rows, times)


def _from_another_process(errand: Errand) -> Iterator[Chunk | None]:
    """Its chunks, and None when it has come to the end of the file."""
    with subprocess.Popen(_CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018
        try:
            pickle.dump(errand, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.close()
            while (found := _next(process.stdout)) is not _ENDED:
                if isinstance(found, Exception):
                    raise found
                yield found
                if found is None:
                    return
        except BrokenPipeError:  # it has ended before it began
            return
        finally:
            process.kill()


_ENDED = object()


def _next(source: IO[bytes]) -> Any:
    try:
        return pickle.load(source)  # noqa: S301  (what our own process wrote)
    except (EOFError, pickle.UnpicklingError):
        return _ENDED


def _work(errand: Errand, target: IO[bytes]) -> None:
    try:
        with translation.override(errand.language):
            for chunk in _read(errand):
                pickle.dump(chunk, target, pickle.HIGHEST_PROTOCOL)
                target.flush()
        pickle.dump(None, target)
    except Unreadable as refusal:
        pickle.dump(Unreadable(str(refusal), code=refusal.code), target)
    except OSError as error:
        pickle.dump(OSError(error.errno, error.strerror), target)
    target.flush()


def main() -> None:
    """What the other process does: it gets its errand on its input and gives chunk after chunk on its output.

    It ends with its work, or as soon as nobody reads any more what it writes.
    """
    target = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever is printed by mistake is no chunk
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    try:
        _work(pickle.load(sys.stdin.buffer), target)  # noqa: S301  (what our own process wrote)
    except BrokenPipeError:
        os._exit(0)
