"""Check the configuration: settings, database, pages' assets, translations."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable

from filo.config.startup import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How to report."""
    parser.add_argument("--json", action="store_true", help="report as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Report each check; 1 when one fails."""
    start_django()
    found = [{"check": name, "problem": problem()} for name, problem in CHECKS.items()]
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for one in found:
            print(f"{one['check']}: {one['problem'] or 'good'}")
    return 1 if any(one["problem"] for one in found) else 0


def _settings() -> str:
    from django.core.checks import ERROR, run_checks

    wrong = [message for message in run_checks() if message.level >= ERROR]
    return "; ".join(f"{message.msg} ({message.id})" for message in wrong)


def _data_directory() -> str:
    from django.conf import settings

    return "" if os.access(settings.DATA_DIR, os.W_OK) else f"{settings.DATA_DIR} cannot be written to"


def _database() -> str:
    from django.db import OperationalError

    from filo.config.cli.migrate import missing

    try:
        steps = missing()
    except OperationalError as error:
        return f"does not answer: {' '.join(str(error).split())}"
    return f"{steps} migrations are missing; run ./filo migrate" if steps else ""


def _assets() -> str:
    from django.contrib.staticfiles import finders

    return "" if finders.find("dist/manifest.json") else "not built; start Filo through ./filo"


CHECKS: dict[str, Callable[[], str]] = {
    "settings": _settings,
    "data directory": _data_directory,
    "database": _database,
    "assets": _assets,
}
