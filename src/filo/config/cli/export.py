"""Take a list out as a file (csv, xlsx, json or vcf), or everything as plain, documented files (`--all DIR`)."""

from __future__ import annotations

import argparse
import gc
import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filo.config.cli.whole.dumps import take_out
from filo.config.copies.progress import Line
from filo.config.startup import start_django

if TYPE_CHECKING:
    from filo.foundation.access.principal import Principal
    from filo.operational.exports.models import Export
    from filo.operational.exports.wishes import Wish

FORMS = {".csv": "csv", ".xlsx": "xlsx", ".json": "json", ".vcf": "vcf"}
LISTS = ("parties", "people", "organisations", "tasks", "interactions", "tickets")
REFUSED, WRONG_USE = 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What, where to, and which of it."""
    parser.add_argument("what", nargs="?", choices=LISTS, metavar="WHAT", help=", ".join(LISTS))
    parser.add_argument("--to", type=Path, metavar="FILE", help="ends with .csv, .xlsx, .json or .vcf")
    parser.add_argument("--all", type=Path, metavar="DIR", help="everything, into a directory of its own")
    parser.add_argument("--filter", default="", metavar="JSON", help="a tree of conditions, as at the API")
    parser.add_argument("--words", default="", metavar="WORDS", help="only those with these words")
    parser.add_argument("--sort", default="", metavar="ORDER", help="an order of the list, such as -created")
    parser.add_argument("--columns", default="all", metavar="NAMES", help="all, listed, or names with commas (all)")
    parser.add_argument("--comma", action="store_true", help="a .csv with commas and decimal points")
    parser.add_argument("--as-user", default="", metavar="EMAIL", help="with the rights of this person")
    parser.add_argument("--json", action="store_true", help="report as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Take it out and say how much it was; 1 when it is refused, 2 for wrong use."""
    wrong = _misused(arguments)
    if wrong:
        print(f"filo: {wrong}", file=sys.stderr)
        return WRONG_USE
    if arguments.all:
        return take_out(arguments.all, as_json=arguments.json)
    start_django()
    from django.conf import settings
    from django.utils import translation

    gc.freeze()  # what has been loaded stays: looking through it again and again takes time
    with translation.override(settings.LANGUAGE_CODE):
        report = _export(arguments)
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False))
    elif not report["error"]:
        print(f"{report['rows']} rows in {arguments.to}, {report['seconds']} s, {report['rows_a_second']} rows/s")
    if report["error"]:
        print(f"filo: {report['error']}", file=sys.stderr)
    return REFUSED if report["error"] else 0


def _misused(arguments: argparse.Namespace) -> str:
    if arguments.all:
        narrowed = (arguments.what, arguments.to, arguments.filter, arguments.words, arguments.sort, arguments.as_user)
        return "--all takes everything out, of everybody: name either a list or --all" if any(narrowed) else ""
    if not arguments.what or not arguments.to:
        return "say what and where to: ./filo export parties --to customers.xlsx; or --all DIR"
    if arguments.to.suffix.lower() not in FORMS:
        return f"the file has to end with {', '.join(FORMS)}"
    return "" if arguments.to.absolute().parent.is_dir() else f"there is no directory {arguments.to.absolute().parent}"


def _export(arguments: argparse.Namespace) -> dict[str, Any]:
    from filo.operational.exports.services.asking import ask_for_export
    from filo.operational.exports.services.running import carry_out_to

    line, before, started, reckoned = Line("rows"), _memory(), time.monotonic(), time.process_time()
    export = ask_for_export(_principal(arguments.as_user), _wish(arguments), in_background=False)
    export = carry_out_to(export, arguments.to.absolute(), tell=lambda rows: line("taking out", rows, export.total))
    line.end()
    report = _report(export, time.monotonic() - started, _memory() - before)
    return report | {"cpu_seconds": round(time.process_time() - reckoned, 2)}


def _wish(arguments: argparse.Namespace) -> Wish:
    from filo.foundation.filters.tree import parse
    from filo.operational.exports.wishes import Wish

    form = FORMS[arguments.to.suffix.lower()]
    named = {"all": None, "listed": ()}
    columns = arguments.columns
    return Wish(
        what=arguments.what,
        form="csv-comma" if form == "csv" and arguments.comma else form,
        tree=parse(arguments.filter),
        words=arguments.words,
        sort=arguments.sort,
        columns=named[columns] if columns in named else tuple(name.strip() for name in columns.split(",")),
    )


def _principal(email: str) -> Principal:
    from filo.foundation.access.principal import system
    from filo.foundation.accounts.queries import person_by_email, principal_of
    from filo.foundation.errors import DomainError

    if not email:
        return system("export").through("command")
    user = person_by_email(email)
    if user is None or not user.is_active:
        raise DomainError(f"nobody here has the address {email}", code="no-such-person")
    return principal_of(user, door="command")


def _report(export: Export, seconds: float, grown: float) -> dict[str, Any]:
    return {
        "export": str(export.id),
        "what": export.what,
        "format": export.form,
        "rows": export.rows,
        "bytes": export.size,
        "seconds": round(seconds, 2),
        "rows_a_second": round(export.rows / seconds) if seconds else None,
        "memory_mb": round(grown, 1),
        "error": export.error,
    }


def _memory() -> float:
    """The most that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
