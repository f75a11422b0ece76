"""Work in bulk: rows of a file that is imported, and tiny jobs that the embedded worker does."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import time
import uuid
from typing import Any

from filo.config.bench.apart import apart
from filo.config.bench.place import Place

HEADER = ("Nome", "Cognome", "Email", "Cellulare", "Indirizzo", "CAP", "Città", "Provincia")
LONGEST = 300.0


class NotDone(Exception):
    """The work did not come to its end."""


def run_import(place: Place, rows: int) -> dict[str, Any]:
    """Import a file of so many new people by the command line; gives its report with the rows a second."""
    path = place.folder / "people.csv"
    _write_people(path.as_posix(), rows)
    command = [sys.executable, "-P", "-m", "filo", "import", str(path), "--as", "people", "--json"]
    done = subprocess.run(command, env=place.environment(), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode or not done.stdout:
        raise NotDone(f"the import ended with {done.returncode}: {(done.stdout + done.stderr)[-400:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report | {"rows": rows, "rows_a_second": round(rows / report["seconds"], 1) if report["seconds"] else None}


def _write_people(path: str, rows: int) -> None:
    rng, mark = random.Random(), uuid.uuid4().hex[:6]  # noqa: S311
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            name, family = rng.choice(("Marco", "Anna", "Luca", "Sara")), f"Zfila {mark} {number}"
            mail, mobile = f"f.{mark}.{number}@example.it", f"+39 3{rng.randrange(20, 100)} {rng.randrange(10**7):07d}"
            writer.writerow((name, family, mail, mobile, f"Via Roma {number % 200 + 1}", "20121", "Milano", "MI"))


def run_jobs(place: Place, number: int) -> dict[str, Any]:
    """Enqueue so many tiny jobs at once and wait for the worker; gives the jobs a second."""
    apart(place.environment(), _enqueue_and_wait, max(1, number // 20))  # the worker has done one before
    seconds = apart(place.environment(), _enqueue_and_wait, number)
    return {"jobs": number, "seconds": round(seconds, 2), "jobs_a_second": round(number / seconds, 1)}


def _enqueue_and_wait(number: int) -> float:
    """From the commit until the last is done, in seconds."""
    from django.db import transaction
    from django.db.models import Max

    from filo.config.bench.jobs import tiny
    from filo.foundation import clock
    from filo.foundation.jobs.models import Job, JobState
    from filo.foundation.jobs.services import enqueue

    with transaction.atomic():
        ids = [enqueue(tiny, number=place).pk for place in range(number)]
        last = ids[-1]
    committed, deadline = clock.now(), time.monotonic() + LONGEST
    mine = Job.objects.filter(name=tiny.name, pk__gte=ids[0], pk__lte=last)
    while mine.exclude(state=JobState.DONE).exists():
        if time.monotonic() > deadline:
            raise NotDone(f"{mine.exclude(state=JobState.DONE).count()} of {number} jobs are not done")
        time.sleep(0.1)
    finished = mine.aggregate(last=Max("finished_at"))["last"]
    return max(float((finished - committed).total_seconds()), 0.001)
