"""`./filo demo mario-rossi`: walks the flow, prints how each step went, 0 only if all ten did."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from filo.config.walk.stage import NotSet, Stage, stage
from filo.config.walk.steps import STEPS, Step

PATIENT = 10.0


def walk(
    *, watch: bool = False, shots: str | None = None, patient: bool = False, database: str = "", as_json: bool = False
) -> int:
    """Walk it (patient: a page may take longer than a second to appear; database: the address of an empty one).

    1 where a step fails (those after it are not walked), 2 where the stage cannot be set.
    """
    began = time.monotonic()
    try:
        with stage(watch=watch, shots=Path(shots) if shots else None, database=database) as found:
            ready = time.monotonic() - began
            found.within = PATIENT if patient or watch else found.within
            rows = _walked(found)
    except NotSet as missing:
        complain(f"filo: {missing}")
        return 2
    if as_json:
        say(json.dumps({"ready": round(ready, 1), "steps": rows}, ensure_ascii=False))
    else:
        _tell(rows, ready, time.monotonic() - began)
    return 0 if all(row["passed"] for row in rows) else 1


def _walked(found: Stage) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    failed = False
    for step in STEPS:
        rows.append(_not_walked(step) if failed else _one(step, found))
        failed = failed or not rows[-1]["passed"]
    return rows


def _one(step: Step, found: Stage) -> dict[str, Any]:
    began, why = time.monotonic(), ""
    try:
        step.do(found)
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        if found.shots:
            found.shot(f"{step.number}-failed")
    seconds = round(time.monotonic() - began, 1)
    complain(f"{step.number:>2} {'ok ' if not why else 'NO '} {seconds:>6.1f} s  {step.says}")
    return {"step": step.number, "says": step.says, "passed": not why, "seconds": seconds, "why": why}


def _not_walked(step: Step) -> dict[str, Any]:
    return {"step": step.number, "says": step.says, "passed": False, "seconds": 0.0, "why": "not walked"}


def _tell(rows: list[dict[str, Any]], ready: float, total: float) -> None:
    say(f"\n{'step':>4}  {'':4} {'seconds':>7}  what")
    for row in rows:
        say(f"{row['step']:>4}  {'pass' if row['passed'] else 'FAIL'} {row['seconds']:>7.1f}  {row['says']}")
        if row["why"] and row["why"] != "not walked":
            say(f"      {row['why'][:4000]}")
    passed = sum(row["passed"] for row in rows)
    walked = sum(row["seconds"] for row in rows)
    say(f"\n{passed} of {len(rows)} passed in {walked:.0f} s ({ready:.0f} s to set the stage, {total:.0f} s in all)")


def say(line: str) -> None:
    """To whoever reads what came of it."""
    sys.stdout.write(f"{line}\n")


def complain(line: str) -> None:
    """To whoever watches."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
