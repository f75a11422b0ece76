"""Say how the house stands: what works, how much room is left, what would stop the firm, and what to do."""

from __future__ import annotations

import argparse
import json
import locale
import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from filo.config.startup import start_django

if TYPE_CHECKING:
    from filo.foundation.health.checkup import Checked, Finding

MARKS = {"good": "✓", "warn": "!", "bad": "✗"}
LANGUAGES = ("it", "en")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How to report."""
    parser.add_argument("--json", action="store_true", help="report as JSON")
    parser.add_argument("--repair", action="store_true", help="first mend what an earlier version left behind")
    parser.add_argument("--language", choices=LANGUAGES, default=spoken_here(), help="it or en (%(default)s)")


def spoken_here() -> str:
    """The language of the environment, when it is one of ours; else English."""
    told = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    found = (locale.normalize(told) or "").split("_")[0].lower()
    return found if found in LANGUAGES else "en"


def run(arguments: argparse.Namespace) -> int:
    """Report; 1 when something stops the firm, or soon will."""
    start_django()
    from django.utils import translation

    from filo.foundation.health.checkup import repair_all

    with translation.override(arguments.language):
        mended = repair_all() if arguments.repair else None
        report = examined() | ({} if mended is None else {"repaired": mended})
        if arguments.json:
            print(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            _print(report)
    return 1 if report["level"] == "bad" else 0


def examined() -> dict[str, Any]:
    """The whole report, in the active language."""
    from filo.foundation.health.checks.database import reachable
    from filo.foundation.health.checkup import check_all, risks, verdict

    answers = reachable() is not None
    found = [*_configuration(answers=answers), *(check_all() if answers else _without_database())]
    overall = verdict(found)
    single = risks() if answers else []
    return {
        "level": overall.level.meaning,
        "verdict": str(overall.sentence),
        "checks": [_told(one) for one in found],
        "single_points_of_failure": [
            {"code": risk.code, "title": str(risk.title), "sentence": str(risk.sentence), "advice": str(risk.advice)}
            for risk in single
        ],
    }


def _configuration(*, answers: bool) -> list[Checked]:
    """What `filo check` looks at, as far as it can be seen."""
    from django.utils.translation import gettext_lazy as _

    from filo.config.cli.check import CHECKS
    from filo.foundation.health.checkup import Check, Checked, Finding, Level

    labels = {
        "settings": _("Settings"),
        "data directory": _("Data directory"),
        "database": _("Tables of the database"),
        "assets": _("Pages' assets"),
    }
    found = []
    for name, look in CHECKS.items():
        if name == "database" and not answers:
            continue
        problem = look()
        finding = Finding(Level.BAD if problem else Level.GOOD, problem or _("As it should be."))
        label = labels.get(name, name)
        found.append(Checked(Check(name.replace(" ", "-"), label, "settings", partial(_same, finding)), finding))
    return found


def _same(finding: Finding) -> Finding:
    return finding


def _without_database() -> list[Checked]:
    """Only what can be seen when the database is away."""
    from filo.foundation.health.checks import machine
    from filo.foundation.health.checkup import Checked, checks

    looks = {check.code: check for check in checks()}
    found = [Checked(looks["database"], looks["database"].look())]
    return [*found, Checked(looks["disk"], machine.disk_with(None))]


def _told(one: Checked) -> dict[str, Any]:
    return {
        "check": one.check.code,
        "label": str(one.check.label),
        "level": one.finding.level.meaning,
        "sentence": str(one.finding.sentence),
        "advice": str(one.finding.advice),
        "figures": {str(what): much for what, much in one.finding.figures},
    }


def _print(report: dict[str, Any]) -> None:
    from django.utils.translation import gettext as _

    if "repaired" in report:
        print(_("Mended: %(n)s") % {"n": sum(report["repaired"].values())})
    print(f"{_mark(report['level'])} {report['verdict']}\n")
    width = max(len(one["label"]) for one in report["checks"])
    for one in report["checks"]:
        print(f"{_mark(one['level'])} {one['label']:<{width}}  {one['sentence']}")
        if one["figures"]:
            figures = " · ".join(f"{what}: {much}" for what, much in one["figures"].items())
            print(f"  {'':<{width}}  {figures}")
        if one["advice"]:
            print(f"  {'':<{width}}  → {one['advice']}")
    single = report["single_points_of_failure"]
    if single:
        print("\n" + _("What would stop the firm if it broke"))
    for risk in single:
        print(f"  • {risk['title']}: {risk['sentence']}\n    → {risk['advice']}")


def _mark(level: str) -> str:
    encoding = (sys.stdout.encoding or "").lower()
    return MARKS[level] if encoding.startswith("utf") else {"good": "+", "warn": "!", "bad": "x"}[level]
