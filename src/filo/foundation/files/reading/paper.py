"""PDF files: the text of their pages, as far as they hold one."""

from __future__ import annotations

import logging
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PdfReadError

from filo.foundation.files.reading.errors import Unreadable

MOST_PAGES = 400


def read_pdf(path: Path) -> str:
    """What its pages say, each from a new line; a page that cannot be read is left out.

    Raises `Unreadable` for what is locked or broken.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("locked")
        return "\n\n".join(_page(reader, number) for number in range(min(len(reader.pages), MOST_PAGES)))
    except PdfReadError:
        raise Unreadable("broken") from None


def _page(reader: PdfReader, number: int) -> str:
    try:
        return reader.pages[number].extract_text()
    except MemoryError:
        raise
    except Exception:  # one broken page does not hide the others
        return ""
