"""What an import of things would do: the first rows come in, are counted, and all of it is rolled back."""

from __future__ import annotations

import time
from pathlib import Path

from django.db import transaction

from filo.foundation.access.principal import Principal
from filo.operational.parties.services.arrivals import RelationshipSpec
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.part import Outcome
from filo.operational.transfer.reading import Shape
from filo.operational.transfer.services.things import count
from filo.operational.transfer.things.kinds import ThingKind
from filo.operational.transfer.trial import MOST_PROBLEMS, Trial

MOST_TRIED = 1_000


def try_things(
    principal: Principal,
    batch: ImportBatch,
    thing: ThingKind,
    shape: Shape,
    columns: tuple[Column, ...],
    spec: RelationshipSpec | None,
    path: Path,
) -> Trial:
    """Nothing of it stays. Of a long file only the first rows are tried, since others wait meanwhile; `of_first` says
    how many these were. Raises `DomainError`.
    """
    started, counted, found = time.monotonic(), ImportBatch(), Trial()
    with transaction.atomic():
        thing.make_ready(principal)
        for part in thing.parts(path, batch, shape, columns):
            with transaction.atomic():
                _note(found, outcomes := thing.bring(principal, batch, part, columns, spec))
            count(counted, outcomes)
            if counted.done >= MOST_TRIED:
                break
        transaction.set_rollback(True)
    for name in ("created", "updated", "unchanged", "rejected", "duplicates", "warned"):
        setattr(found, name, getattr(counted, name))
    found.of_first = counted.done if counted.done < batch.total else 0
    found.seconds = round(time.monotonic() - started, 2)
    return found


def _note(found: Trial, outcomes: list[Outcome]) -> None:
    for one in outcomes:
        for problem in one.problems:
            if len(found.problems) < MOST_PROBLEMS:
                found.problems.append({"number": one.number, "outcome": one.outcome, **problem})
