"""Break a throw-away copy of Filo in many ways, and count what was lost: nothing may be.

It makes a database cluster and a running Filo of its own under a temporary folder, and leaves nothing behind.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time

from filo.config.faults.case import cases
from filo.config.faults.playing import play_all, table

FAILED, WRONG_USE = 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which faults, and how often."""
    parser.add_argument("names", nargs="*", metavar="FAULT", help=f"{', '.join(cases())} (all)")
    parser.add_argument("--rounds", type=_number, metavar="N", help="break it so many times (as each fault says)")
    parser.add_argument("--sqlite", action="store_true", help="on SQLite, where a fault can happen there")
    parser.add_argument("--json", action="store_true", help="report as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Play them; 1 when one is not survived."""
    names = [name.upper() for name in arguments.names] or list(cases())
    unknown = [name for name in names if name not in cases()]
    if unknown:
        print(f"filo: there is no fault {unknown[0]}; there are {', '.join(cases())}", file=sys.stderr)
        return WRONG_USE
    signal.signal(signal.SIGTERM, _interrupt)  # cleaned up as after Ctrl-C
    reports = play_all(names, rounds=arguments.rounds, sqlite=arguments.sqlite, tell=_Teller().tell)
    print(json.dumps(reports, ensure_ascii=False, indent=2) if arguments.json else table(reports))
    return FAILED if any(report["survived"] is False for report in reports) else 0


class _Teller:
    """Lines for whoever waits, with the seconds since the start."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def tell(self, line: str) -> None:
        """One line."""
        print(f"filo: {time.monotonic() - self._started:5.0f} s  {line}", file=sys.stderr, flush=True)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _number(text: str) -> int:
    number = int(text) if text.isdigit() else 0
    if not 1 <= number <= 10_000:
        raise argparse.ArgumentTypeError("a number from 1 to 10000")
    return number
