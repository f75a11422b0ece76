"""Turns a file of any kind into a plain text table once, in a process that cannot hurt this one."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import filo
from filo.foundation.ids import uuid7
from filo.operational.transfer.formats import child
from filo.operational.transfer.formats.finding import format_of
from filo.operational.transfer.places import table_of
from filo.operational.transfer.reading import Unreadable
from filo.operational.transfer.unfolding import Refused

# A small file is unfolded within this many seconds or not at all; a large one gets some more for each megabyte.
SECONDS, SECONDS_A_MEGABYTE, MOST_SECONDS = 20, 1, 120
TEXT = "text"
log = logging.getLogger("filo.transfer")

_TOO_LARGE = _("This file is too large when it is unpacked. Divide it into several, or save it as CSV.")
SENTENCES: Mapping[str, str | Promise] = {
    "empty-file": _("The file is empty."),
    "broken-file": _("This file is damaged: open it in the program that made it and save it anew."),
    "broken-json": _("This JSON is damaged: it ends too early, or a sign is missing in it."),
    "broken-json-line": _("Line %(n)s of this file is not JSON."),
    "broken-xml": _("This XML is damaged: it ends too early, or a sign is missing in it."),
    "password": _(
        "This file is protected with a password. Open it, save it without the password and hand it in again."
    ),
    "packed-file": _("This is a packed file, not a table: unpack it and hand in what is inside."),
    "text-document": _("This is a text document, not a table: put its rows into a spreadsheet."),
    "slides": _("These are slides, not a table."),
    "mail": _("This is a mail, not a table."),
    "numbers": _("This is a file of Numbers: export it as Excel or CSV."),
    "database": _("This is a database, not a table: export its table as CSV."),
    "pdf": _("This is a PDF, not a table."),
    "picture": _("This is a picture, not a table."),
    "not-a-table": _("There is no table in this file."),
    "no-cards": _("There is no card in this address book."),
    "no-objects": _("There is no list of objects in this JSON."),
    "no-parts": _("This file has no sheets, so “%(name)s” cannot be read: leave the sheet out."),
    "no-such-part": _("There is no sheet “%(name)s” in this file."),
    "bomb": _TOO_LARGE,
    "too-much-memory": _TOO_LARGE,
    "too-large": _("A file of this kind may have %(limit)s MB. Divide it into several, or save it as CSV."),
    "too-many-rows": _("The file has more than %(limit)s rows. Divide it into several."),
    "too-many-columns": _("The file has %(n)s columns; at most %(limit)s can be read."),
    "took-too-long": _("This file could not be read in time. Divide it into several, or save it as CSV."),
}

NO_TABLE = "not-a-table"
# One code tells programs what people are told in many sentences.
_NO_TABLES = frozenset(
    (
        "packed-file",
        "text-document",
        "slides",
        "mail",
        "numbers",
        "database",
        "pdf",
        "picture",
        "no-cards",
        "no-objects",
    )
)


@dataclass(frozen=True)
class Unfolded:
    """The table that a file became: where it lies, of which kind the file is, its sheets as (name, rows)."""

    path: Path
    format: str
    parts: tuple[tuple[str, int], ...] = ()
    part: str = ""


def unfold(original: Path, *, part: str = "") -> Unfolded:
    """The table of a file that is kept: itself when it is text, else one written beside it. Raises `Unreadable`."""
    try:
        found = format_of(original)
        unfolded = Unfolded(original, TEXT) if found.unfold is None else _unfold_apart(found.code, original, part)
        if part and not unfolded.part:
            raise Refused("no-parts", name=part[:80])
        return unfolded
    except Refused as refusal:
        code = NO_TABLE if refusal.code in _NO_TABLES else refusal.code
        raise Unreadable(SENTENCES[refusal.code] % refusal.facts, code=code) from None


def _unfold_apart(code: str, original: Path, part: str) -> Unfolded:
    """Have it done by a process of its own; the table is there as a whole or not at all. Raises `Refused`."""
    seconds = min(SECONDS + SECONDS_A_MEGABYTE * (original.stat().st_size >> 20), MOST_SECONDS)
    coming = original.with_name(f"coming-{uuid7().hex}")
    coming.touch(mode=0o600)
    try:
        answer = _answer([code, str(original.absolute()), str(coming.absolute()), part, str(seconds)], seconds)
        if "refusal" in answer:
            raise Refused(answer["refusal"], **answer["facts"])
        target = table_of(original, answer["part"])
        coming.replace(target)
    finally:
        coming.unlink(missing_ok=True)
    return Unfolded(target, code, tuple((name, rows) for name, rows in answer["parts"]), answer["part"])


def _answer(arguments: list[str], seconds: int) -> dict[str, Any]:
    """What the process says; what it means when it dies. Nothing of our environment is given to it."""
    command = [sys.executable, "-P", "-m", child.__name__, *arguments]
    environment = {"PYTHONPATH": str(Path(filo.__file__).parents[1]), "PYTHONUTF8": "1", "PATH": os.defpath}
    try:
        ended = subprocess.run(  # noqa: S603
            command, env=environment, capture_output=True, timeout=seconds * 2, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return {"refusal": "took-too-long", "facts": {}}
    if ended.returncode == 0:
        found: dict[str, Any] = json.loads(ended.stdout)
        return found
    log.warning("a file could not be unfolded: %s %s", ended.returncode, ended.stderr[-400:].decode("utf-8", "replace"))
    return {"refusal": _DEATHS.get(-ended.returncode, "broken-file"), "facts": {}}


_DEATHS: Mapping[int, str] = {
    signal.SIGXCPU: "took-too-long",
    signal.SIGKILL: "too-much-memory",
    signal.SIGABRT: "too-much-memory",
    signal.SIGXFSZ: "too-much-memory",
    signal.SIGSEGV: "broken-file",
}
