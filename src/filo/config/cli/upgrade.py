"""Bring everything to the version that is installed: a backup first, then the database, then a look."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from filo.config.cli.check import CHECKS
from filo.config.cli.migrate import alone, bring_up_to_date, missing
from filo.config.cli.whole.speaking import in_the_language_spoken_here
from filo.config.startup import start_django

if TYPE_CHECKING:
    from filo.config.copies.upgrading import Upgraded

REFUSED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many ways back are kept."""
    parser.add_argument(
        "--keep", type=_count, default=3, metavar="N", help="backups of upgrades that stay (%(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="report as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and tell the way back; 1 when something is wrong afterwards."""
    start_django()

    from filo.config.copies.principal import AT_THE_COMMAND_LINE
    from filo.config.copies.progress import Line
    from filo.config.copies.upgrading import Ways, upgrade

    line = Line()
    with in_the_language_spoken_here(), alone():
        ways = Ways(missing, bring_up_to_date, CHECKS)
        done = upgrade(AT_THE_COMMAND_LINE, ways, keep=arguments.keep, tell=line)
        line.end()
        if arguments.json:
            print(json.dumps(asdict(done), ensure_ascii=False))
        else:
            _say(done)
    return REFUSED if done.problems else 0


def _say(done: Upgraded) -> None:
    from django.utils.translation import gettext as _

    from filo import __version__

    for name, problem in done.problems.items():
        print(f"filo: {name}: {problem}", file=sys.stderr)
    if not done.steps and not done.backup:
        print(_("Everything is at version %(version)s already: nothing had to be done.") % {"version": __version__})
        return
    told = _("The database is at version %(version)s: %(steps)s steps in %(seconds)s s.")
    print(told % {"version": __version__, "steps": done.steps, "seconds": f"{done.seconds:.1f}"})
    if done.running:
        print(_("Filo is running: start it again, so that it works with the new version."))
    if done.backup:
        back = {"commit": done.commit_before or _("the version before"), "file": done.backup}
        print(_("The way back: stop Filo, then git checkout %(commit)s && ./filo restore --replace %(file)s") % back)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("a number from 1")
    return number
