"""Do the work in the background (jobs, mail, events), without serving pages."""

from __future__ import annotations

import argparse
import os
import signal
import sys

from filo.config import env, lifeline
from filo.config.startup import start_django
from filo.config.supervisor import Part, Stop, watch

# With a broker each queue has a process of its own, and one more hands the jobs over and looks at the clock.
PARTS = ("relay", "default", "long", "mail", "outward")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One part alone, where a broker is set."""
    parser.add_argument("--only", choices=PARTS, help="with FILO_BROKER_URL: run one part alone")


def run(arguments: argparse.Namespace) -> int:
    """Run jobs until SIGTERM, or until the supervisor that started this dies."""
    if parent := os.environ.get("FILO_SUPERVISOR"):
        lifeline.end_with(int(parent))
    relayed = bool(env.text("FILO_BROKER_URL"))
    if relayed and not arguments.only:
        return watch_parts()
    start_django()
    from filo.foundation.health.beating import Beating
    from filo.foundation.jobs import runner

    only = arguments.only or "" if relayed else ""
    beating = Beating("jobs", does=(only,) if only else ())
    beating.start()
    runner.main(parent=0, only=only)  # the lifeline looks after the parent
    beating.stop()
    return 0


def watch_parts() -> int:
    """Keep a process for each part running; gives the exit status."""
    stop = Stop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop.ask)
    command = (sys.executable, "-P", "-m", "filo", "worker", "--only")
    return watch([Part(f"jobs: {name}", (*command, name)) for name in PARTS], stop)
