"""Bring the catalogues of translations up to date, or check that they are.

New texts are added without a translation, those that nobody says any more are taken out. `--from FILE` takes
translations from a JSON object of English to translated texts ("singular|plural" to a list of both).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Check only; translations to take in."""
    parser.add_argument("--check", action="store_true", help="change nothing; 1 when something is missing or wrong")
    parser.add_argument("--from", dest="sources", action="append", default=[], metavar="FILE", help="a JSON file")
    parser.add_argument("--language", default="it", help="the language of these files (it)")


def run(arguments: argparse.Namespace) -> int:
    """Merge or check every catalogue; 1 when something remains to be done."""
    from filo.config import messages

    if not arguments.check:
        given: dict[str, object] = {}
        for source in arguments.sources:
            given |= json.loads(Path(source).read_text(encoding="utf-8"))
        for language in {*messages.languages(), arguments.language}:
            messages.merge(language, given if language == arguments.language else None)
    faults = [f"{language}: {line}" for language in messages.languages() for line in messages.check(language).lines()]
    print("\n".join(faults) or "every text is translated")
    return 1 if faults else 0
