"""`./filo bench chat`: what it may be told."""

from __future__ import annotations

import argparse
import sys


def add_chat(measures: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """How many, how fast, how long."""
    parser = measures.add_parser("chat", help="many customers and operators who chat at once")
    parser.add_argument("--customers", type=int, default=1_000, metavar="N", help="(%(default)s)")
    parser.add_argument("--operators", type=int, default=50, metavar="N", help="(%(default)s)")
    parser.add_argument("--rate", type=float, default=150.0, metavar="N", help="lines a second (%(default)s)")
    parser.add_argument("--seconds", type=float, default=600.0, metavar="S", help="(%(default)s)")
    parser.add_argument("--database", default="", metavar="URL", help="an empty database of PostgreSQL (a SQLite file)")
    parser.add_argument("--check", action="store_true", help="1 when a target was missed")


def run_chat(arguments: argparse.Namespace) -> int:
    """Measure and tell; 1 with --check when it is not good enough."""
    from filo.config.bench.chatting.run import is_good, measure, told

    report = measure(
        arguments.customers,
        arguments.operators,
        rate=arguments.rate,
        seconds=arguments.seconds,
        database=arguments.database,
    )
    sys.stdout.write(f"{told(report)}\n")
    return 1 if arguments.check and not is_good(report) else 0
