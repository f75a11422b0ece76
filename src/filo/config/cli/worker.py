"""Do the work in the background (jobs, mail, events), without serving pages."""

from __future__ import annotations

import argparse
import os

from filo.config import lifeline
from filo.config.startup import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(arguments: argparse.Namespace) -> int:
    """Run jobs until SIGTERM, or until the supervisor that started this dies."""
    if parent := os.environ.get("FILO_SUPERVISOR"):
        lifeline.end_with(int(parent))
    start_django()
    from filo.foundation.jobs import runner

    runner.main(parent=0)  # the lifeline looks after the parent
    return 0
