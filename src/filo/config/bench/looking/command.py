"""`./filo bench view`: what it may be told."""

from __future__ import annotations

import argparse
import sys


def add_view(measures: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """How many, how fast, how long."""
    parser = measures.add_parser("view", help="many customers whose pages change while colleagues look")
    parser.add_argument("--sessions", type=int, default=50, metavar="N", help="(%(default)s)")
    parser.add_argument("--rate", type=float, default=10.0, metavar="N", help="changes a second in each (%(default)s)")
    parser.add_argument("--seconds", type=float, default=60.0, metavar="S", help="(%(default)s)")
    parser.add_argument("--database", default="", metavar="URL", help="an empty database of PostgreSQL (a SQLite file)")
    parser.add_argument("--check", action="store_true", help="1 when a target was missed")


def run_view(arguments: argparse.Namespace) -> int:
    """Measure and tell; 1 with --check when it is not good enough."""
    from filo.config.bench.looking.run import is_good, measure, told

    report = measure(arguments.sessions, rate=arguments.rate, seconds=arguments.seconds, database=arguments.database)
    sys.stdout.write(f"{told(report)}\n")
    return 1 if arguments.check and not is_good(report) else 0
