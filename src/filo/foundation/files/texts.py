"""What a file says, taken out of it in a process of its own: a broken file can do no more than say nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filo.foundation.files.errors import FileGone
from filo.foundation.files.models import StoredFile
from filo.foundation.files.queries import path_of

MEGABYTES, SECONDS = 256, 20
_CHILD = "filo.foundation.files.reading.child"
PROBLEMS: dict[str, str | Promise] = {
    "no-text": _("There is no text in it (a picture, or pages that were scanned)."),
    "locked": _("It is locked with a password."),
    "broken": _("It is damaged, or is not what its name says."),
    "too-large": _("It is too large to be read."),
    "too-long": _("Reading it took longer than 20 seconds."),
    "gone": _("The content of this file is not there any more."),
}


@dataclass(frozen=True)
class FileText:
    """What a file says; where that is nothing, `problem` is a key of `PROBLEMS`."""

    text: str = ""
    problem: str = ""


def text_of(file: StoredFile) -> FileText:
    """The text of a PDF, DOCX, ODT, XLSX, HTML or text file, known by its content; at most a million letters.

    It never raises for what is in the file. The caller may wait up to 20 seconds: ask from a job.
    """
    try:
        path = path_of(file)
    except FileGone:
        return FileText(problem="gone")
    command = [sys.executable, "-P", "-m", _CHILD, str(path), str(MEGABYTES), str(SECONDS)]
    try:
        done = subprocess.run(  # noqa: S603
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return FileText(problem="too-long")
    if done.returncode:
        return FileText(problem="too-long" if done.returncode < 0 else "broken")
    return FileText(**json.loads(done.stdout))


def problem_words(code: str) -> str:
    """Why nothing was read, as people read it."""
    return str(PROBLEMS.get(code, code))
