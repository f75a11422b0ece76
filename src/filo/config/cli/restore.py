"""Bring a backup back into an empty database; the copy starts muted."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from filo.config.cli.migrate import alone, bring_up_to_date
from filo.config.cli.whole.speaking import in_the_language_spoken_here
from filo.config.startup import start_django

if TYPE_CHECKING:
    from filo.config.copies.bringing import Brought

WRONG_USE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What, and whether something may go for it."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a file that ./filo backup made")
    parser.add_argument(
        "--replace", action="store_true", help="keep what is there in a backup, then put this in its place"
    )
    parser.add_argument("--json", action="store_true", help="report as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Check every byte, then bring it back, then say what to do now."""
    if not arguments.file.is_file():
        print(f"filo: there is no file {arguments.file}", file=sys.stderr)
        return WRONG_USE
    start_django()

    from filo.config.copies.bringing import restore
    from filo.config.copies.principal import AT_THE_COMMAND_LINE
    from filo.config.copies.progress import Line

    line = Line()
    with in_the_language_spoken_here(), alone():
        brought = restore(
            AT_THE_COMMAND_LINE,
            arguments.file.absolute(),
            replace=arguments.replace,
            up_to_date=bring_up_to_date,
            tell=line,
        )
        line.end()
        _say(brought, as_json=arguments.json)
    return 0


def _say(brought: Brought, *, as_json: bool) -> None:
    from django.utils.translation import gettext as _

    rows = sum(table.rows for table in brought.manifest.content.tables.values())
    taken_at = brought.manifest.taken_at.astimezone()
    if as_json:
        told = {"taken_at": brought.manifest.taken_at.isoformat(), "rows": rows, "seconds": round(brought.seconds, 2)}
        told |= {"files": len(brought.manifest.files), "steps": brought.steps, "muted": True}
        told |= {"before": brought.before or None, "warnings": brought.warnings}
        print(json.dumps(told, ensure_ascii=False))
        return
    brought_back = _("Brought back: %(rows)s rows and %(files)s files as they stood on %(moment)s, in %(seconds)s s.")
    figures = {"rows": rows, "files": len(brought.manifest.files), "seconds": f"{brought.seconds:.1f}"}
    print(brought_back % (figures | {"moment": f"{taken_at:%Y-%m-%d %H:%M:%S}"}))
    if brought.before:
        print(_("What was here before is in %(file)s.") % {"file": brought.before})
    for warning in brought.warnings:
        print(f"! {warning}")
    print(
        _(
            "This copy is muted: no mail leaves it, and no other program is called. When it takes the place of the"
            " original, end that with ./filo unmute. What had to go by your rules of retention since then goes in the"
            " first night; who was erased by hand since then has to be erased again."
        )
    )
