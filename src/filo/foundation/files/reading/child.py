"""The process that reads one file, apart from everything else: `python -m … PATH MEGABYTES SECONDS`.

It takes its own limits first and says what it found on standard output, as JSON. That it dies is an answer too.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from filo.foundation.files.reading.errors import Unreadable

LONGEST = 1_000_000  # letters that are kept
MOST_FILES = 64
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")


def main(arguments: list[str]) -> int:
    """Read; 0 when the answer is on standard output."""
    path, megabytes, seconds = arguments
    _limit(int(megabytes) << 20, int(seconds))
    answer: dict[str, str]
    try:
        answer = {"text": _tidy(_reader(Path(path))(Path(path)))}
    except Unreadable as refusal:
        answer = {"problem": refusal.code}
    except MemoryError:
        answer = {"problem": "too-large"}
    except Exception:  # whatever it is, it is this file's
        answer = {"problem": "broken"}
    sys.stdout.write(json.dumps(answer))
    return 0


def _reader(path: Path) -> Callable[[Path], str]:
    """Who reads it: by its content, since its name may say anything. Raises `Unreadable`."""
    from filo.foundation.files.reading.office import read_docx, read_odt, read_sheet
    from filo.foundation.files.reading.paper import read_pdf
    from filo.foundation.files.reading.plain import read_page, read_text

    with path.open("rb") as file:
        head = file.read(4096)
    if b"%PDF-" in head[:1024]:
        return read_pdf
    if head.startswith(b"PK"):
        return {"word": read_docx, "xl": read_sheet, "odt": read_odt}.get(_office(path)) or _nobody
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _nobody
    lowered = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return read_page if re.match(rb"<(!doctype html|html|head|body|!--)", lowered) else read_text


def _office(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        raise Unreadable("broken") from None
    if "content.xml" in names:
        return "odt"
    return next((kind for kind in ("word", "xl") if any(name.startswith(f"{kind}/") for name in names)), "")


def _nobody(_path: Path) -> str:
    raise Unreadable("no-text")


def _tidy(text: str) -> str:
    """Without control characters, blanks once, at most so long. Raises `Unreadable` where nothing is left."""
    kept = "".join(letter for letter in text[: LONGEST * 2] if letter in "\n\t" or letter.isprintable())
    found = _LINES.sub("\n", _BLANKS.sub(" ", kept)).strip()[:LONGEST]
    if not found:
        raise Unreadable("no-text")
    return found


def _limit(memory: int, seconds: int) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, MOST_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
