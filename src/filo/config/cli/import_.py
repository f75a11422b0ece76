"""Bring in customers, products or past orders from a file of any kind, every row accounted for; or take that back."""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from filo.config.startup import start_django

if TYPE_CHECKING:
    from filo.foundation.access.principal import Principal
    from filo.operational.transfer.models import ImportBatch

COUNTS = ("created", "updated", "unchanged", "rejected", "duplicates")
REFUSED, WRONG_USE = 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to bring in, and how."""
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="CSV, Excel, ODS, vCard or JSON")
    parser.add_argument(
        "--as",
        dest="kind",
        choices=("people", "organisations", "parties", "products", "orders"),
        default="",
        help="what the rows are (guessed)",
    )
    parser.add_argument(
        "--from", dest="program", default="", metavar="PROGRAM", help="whose export it is: hubspot, odoo, … (guessed)"
    )
    parser.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook (the largest)")
    parser.add_argument("--mapping", default="", metavar="NAME", help="a mapping of columns that was kept")
    parser.add_argument("--mode", choices=("create", "update", "upsert"), default="upsert", help="(%(default)s)")
    parser.add_argument(
        "--conflict",
        choices=("file", "fill", "hand", "ask"),
        default="",
        help="where the file says otherwise than a card: the file wins, it only fills what is empty, what people wrote "
        "by hand stays, or ask on the import's page (as with the mapping, or file)",
    )
    parser.add_argument(
        "--by",
        default="",
        metavar="KEYS",
        help="by what rows are recognised, in this order, parted by commas: party (Filo ID), identity, email, phone, "
        "vat_number, codice_fiscale, name_city, name, fields.CODE, filo (as Filo does it; so without it)",
    )
    parser.add_argument("--no-firms", action="store_true", help="make no firms of which there is only the name")
    parser.add_argument("--dry-run", action="store_true", help="tell what would happen, change nothing")
    way_back = parser.add_mutually_exclusive_group()
    way_back.add_argument("--undo", type=UUID, metavar="BATCH", help="take an import back as a whole; counts what went")
    way_back.add_argument("--again", type=UUID, metavar="BATCH", help="bring one that was taken back in again")
    parser.add_argument("--json", action="store_true", help="report as JSON")
    parser.add_argument("--as-user", default="", metavar="EMAIL", help="with the rights of this person")


def run(arguments: argparse.Namespace) -> int:
    """Import and report; 1 when the import fails, 2 when the file is not there."""
    turned = arguments.undo or arguments.again
    if (arguments.file is None) == (turned is None):
        print("filo: name either a file, or an import to undo or to bring in again", file=sys.stderr)
        return WRONG_USE
    if arguments.file is not None and arguments.file.is_dir():
        if arguments.dry_run or arguments.as_user:
            print(f"filo: {arguments.file} is a directory: what is in it comes in as a whole or not", file=sys.stderr)
            return WRONG_USE
        from filo.config.cli.whole.dumps import bring_in

        return bring_in(arguments.file, as_json=arguments.json)
    if arguments.file is not None and not arguments.file.is_file():
        print(f"filo: there is no file {arguments.file}", file=sys.stderr)
        return WRONG_USE
    start_django()
    from django.conf import settings
    from django.utils import translation

    gc.freeze()  # what has been loaded stays: looking through it again and again takes a fifth of the time
    gc.set_threshold(100_000, 20, 20)
    with translation.override(settings.LANGUAGE_CODE):
        report = _turn(arguments) if turned else _dry_run(arguments) if arguments.dry_run else _import(arguments)
    if arguments.json:
        print(json.dumps({name: value for name, value in report.items() if name != "problems"}, ensure_ascii=False))
    else:
        _say(report)
    return REFUSED if report.get("error") else 0


def _principal(email: str) -> Principal:
    from filo.foundation.access.principal import system
    from filo.foundation.accounts.queries import person_by_email, principal_of
    from filo.foundation.errors import DomainError

    if not email:
        return system("import")
    user = person_by_email(email)
    if user is None or not user.is_active:
        raise DomainError(f"nobody here has the address {email}", code="no-such-person")
    return principal_of(user, door="import")


def _prepare(arguments: argparse.Namespace, principal: Principal) -> ImportBatch:
    from filo.operational.transfer.services.preparing import prepare_import
    from filo.operational.transfer.storing import blocks_of

    return prepare_import(
        principal,
        blocks_of(arguments.file),
        file_name=arguments.file.name,
        kind=arguments.kind,
        mode=arguments.mode,
        conflict=arguments.conflict,
        keys=_keys(arguments),
        make_firms=not arguments.no_firms,
        mapping=arguments.mapping,
        program=arguments.program,
        part=arguments.sheet,
    )


def _keys(arguments: argparse.Namespace) -> list[str]:
    return [key.strip() for key in arguments.by.split(",")]


def _import(arguments: argparse.Namespace) -> dict[str, Any]:
    from filo.operational.transfer.queries import matches_in, seen_rows
    from filo.operational.transfer.services.running import carry_on
    from filo.operational.transfer.services.starting import start_import

    started, principal = time.monotonic(), _principal(arguments.as_user)
    batch = start_import(principal, _prepare(arguments, principal), in_background=False)
    progress = Progress(batch.total)
    batch = carry_on(principal, batch, tell=lambda now: progress.show(now.done))
    progress.end()
    report: dict[str, Any] = {name: getattr(batch, name) for name in COUNTS}
    report |= {
        "seconds": round(time.monotonic() - started, 2),
        "batch": str(batch.id),
        "kept": batch.kept,
        "firms": batch.firms,
        "times": batch.times,
    }
    report |= matches_in(principal, batch).as_json()
    if batch.state != "done":
        report["error"] = batch.error or batch.get_state_display()
    rejected = seen_rows(principal, batch, outcome="rejected")[:20]
    report["problems"] = [{"number": row.number, **row.problems[0]} for row in rejected]
    warned = seen_rows(principal, batch).exclude(outcome="rejected").exclude(problems=[])[:20] if batch.warned else ()
    report["warnings"] = [{"number": row.number, **problem} for row in warned for problem in row.problems]
    return report


def _turn(arguments: argparse.Namespace) -> dict[str, Any]:
    """The way back, or forth again: what was created, or updated, and is so no more (or once more); `unchanged` are
    the rows that stay as they are, because somebody has worked with them since.
    """
    from filo.operational.transfer.queries import seen_import, seen_rows, turned_counts
    from filo.operational.transfer.services.turning import bring_again, turn, undo_import

    started, principal = time.monotonic(), _principal(arguments.as_user)
    batch = seen_import(principal, arguments.undo or arguments.again)
    verb = undo_import if arguments.undo else bring_again
    batch = verb(principal, batch, in_background=False)
    progress = Progress(batch.to_turn)
    batch = turn(principal, batch, tell=lambda now: progress.show(now.number_turned))
    progress.end()
    report: dict[str, Any] = dict.fromkeys(COUNTS, 0) | turned_counts(principal, batch)
    left = seen_rows(principal, batch).exclude(left="")[:20]
    problems = [{"number": row.number, "column": "", "sentence": row.left} for row in left]
    return report | {
        "seconds": round(time.monotonic() - started, 2),
        "batch": str(batch.id),
        "state": batch.state,
        "problems": problems,
    }


def _dry_run(arguments: argparse.Namespace) -> dict[str, Any]:
    from filo.operational.transfer.services.trials import try_file

    principal = _principal(arguments.as_user)
    progress = Progress(0)
    found, matches = try_file(
        principal,
        arguments.file,
        kind=arguments.kind,
        mode=arguments.mode,
        conflict=arguments.conflict,
        keys=_keys(arguments),
        make_firms=not arguments.no_firms,
        mapping=arguments.mapping,
        program=arguments.program,
        part=arguments.sheet,
        tell=progress.show,
    )
    progress.end()
    report: dict[str, Any] = {name: getattr(found, name) for name in COUNTS}
    rejected = [problem for problem in found.problems if problem["outcome"] == "rejected"][:20]
    warnings = [problem for problem in found.problems if problem["outcome"] != "rejected"][:20]
    return report | {
        "seconds": found.seconds,
        "batch": None,
        "kept": found.kept,
        "firms": found.firms,
        "recognised": found.recognised,
        "recognised_rows": found.shown,
        "problems": rejected,
        "warnings": warnings,
        **matches.as_json(),
    }


def _say(report: dict[str, Any]) -> None:
    for name in (*COUNTS, "seconds", "batch"):
        print(f"{name:<10} {'–' if report[name] is None else report[name]}")
    if report.get("kept"):
        print(f"{'stayed':<10} {report['kept']} values of which the file says otherwise")
    if report.get("firms"):
        print(f"{'firms':<10} {report['firms']} made because people name them")
    for key, number in report.get("recognised", {}).items():
        print(f"{'by':<10} {key}: {number} rows")
    for line in _matched(report):
        print(line)
    if report.get("times"):
        print(f"{'of which':<10} {', '.join(f'{name} {seconds} s' for name, seconds in report['times'].items())}")
    for problem in report["problems"]:
        print(f"row {problem['number']}, {problem['column'] or '–'}: {problem['sentence']}")
    for problem in report.get("warnings", ()):
        print(f"row {problem['number']}, {problem['column'] or '–'}: {problem['sentence']} (comes in)")
    if report.get("error"):
        print(f"filo: {report['error']}", file=sys.stderr)


def _matched(report: dict[str, Any]) -> list[str]:
    """What was understood of the file, in lines."""
    if "matched" not in report:
        return []
    program = " ".join(filter(None, (report["from"], report["what"])))
    lines = [f"{'from':<10} {program or '–'}", f"{'matched':<10} {', '.join(report['matched']) or '–'}"]
    if report["kept_in_rows"]:
        lines.append(f"{'kept':<10} {', '.join(report['kept_in_rows'])} (in the stored rows)")
    if report["deals_kept_in_rows"]:
        lines.append(
            f"{'deals':<10} cannot come in yet; kept in the stored rows: {', '.join(report['deals_kept_in_rows'])}"
        )
    return lines


class Progress:
    """One line on a terminal: how many rows, how fast, how long still; nothing where nobody looks."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._started = time.monotonic()
        self._is_shown = sys.stderr.isatty()

    def show(self, done: int) -> bool:
        """Tell how far it is; always says to go on."""
        if self._is_shown:
            rate = done / max(time.monotonic() - self._started, 0.001)
            of_total = (
                f" of {self._total}, {max(self._total - done, 0) / rate:.0f} s left" if self._total and rate else ""
            )
            print(f"\rfilo: {done}{of_total}, {rate:.0f} rows/s ", end="", file=sys.stderr, flush=True)
        return True

    def end(self) -> None:
        """Leave the line."""
        if self._is_shown:
            print(file=sys.stderr)
