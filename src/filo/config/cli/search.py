"""Make the words by which things are found anew, while people work."""

from __future__ import annotations

import argparse
import sys

from filo.config.startup import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`rebuild`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="rebuild")
    rebuild = verbs.add_parser("rebuild", help="make all words anew, and forget those that nothing holds")
    rebuild.add_argument("--missing", action="store_true", help="only what older rules made, from where it was left")


def run(arguments: argparse.Namespace) -> int:
    """Do it in chunks; nobody waits meanwhile, and what changes meanwhile is found too."""
    start_django()
    from filo.foundation.search.filling import fill_anew, fill_up

    done = fill_up(_tell) if arguments.missing else fill_anew(_tell)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(f"{done} looked at: everything can be found")
    return 0


def _tell(kind: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        share = f"{min(100, done * 100 // of)} %" if of else ""
        print(f"\rfilo: {kind}: {done} of about {of} {share}   ", end="", file=sys.stderr, flush=True)
