"""Check that nobody changed what was sealed, or take the audit out as a file."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from filo.config.startup import start_django

FORMS = {".csv": "csv", ".jsonl": "jsonl"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`check` or `export FILE`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="check|export")
    verbs.add_parser("check", help="go through the chain; exit 1 when it is broken")
    export = verbs.add_parser("export", help="every change as a file")
    export.add_argument("file", metavar="FILE", type=_file, help="ends with .csv or .jsonl")
    export.add_argument("--since", type=_day, metavar="DAY", help="from this day on (year-month-day)")
    export.add_argument("--until", type=_day, metavar="DAY", help="up to this day")
    export.add_argument("--kind", default="", help="only changes of these, such as party")


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 when the chain is broken."""
    start_django()
    return _check() if arguments.verb == "check" else _export(arguments)


def _check() -> int:
    from filo.foundation.audit.chain import check_chain

    found = check_chain()
    waiting = f"{found.waiting} not yet sealed"
    if found.flaw == "cut":
        print(f"broken: the end of the chain after seal {found.seals} is gone; {waiting}")
    elif found.flaw:
        print(f"broken from entry {found.entry}, seal {found.seals + 1}: {_WORDS[found.flaw]}; {waiting}")
    else:
        print(f"whole: {found.entries} entries in {found.seals} seals; {waiting}; last digest {found.digest or 'none'}")
    return 1 if found.flaw else 0


_WORDS = {
    "changed": "something in it was changed",
    "removed": "something of it was removed",
    "inserted": "something was put into it",
}


def _export(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from filo.foundation.audit.exporting import entries_between, lines

    zone = timezone.get_default_timezone()
    found = entries_between(arguments.since, arguments.until, kind=arguments.kind, zone=zone)
    with arguments.file.open("w", encoding="utf-8", newline="") as file:
        number = sum(1 for line in lines(found, FORMS[arguments.file.suffix]) if file.write(line))
    print(f"{number} lines in {arguments.file}")
    return 0


def _file(text: str) -> Path:
    path = Path(text)
    if path.suffix not in FORMS:
        raise argparse.ArgumentTypeError("a file that ends with .csv or .jsonl")
    return path


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day as year-month-day") from None
