"""Text and pages: what a person would read in them."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

_UNREAD = ("script", "style", "template", "noscript", "svg")
_WITHIN_LINES = frozenset(
    ("a", "abbr", "b", "code", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u")
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> str:
    """A text in UTF-8, in UTF-16 that says so, or else as Windows writes Italian and English.

    A guess by frequencies takes short Italian texts for Baltic ones.
    """
    data = path.read_bytes()
    if data.startswith(_UTF_16):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_page(path: Path) -> str:
    """The words of a page, a line for each block; scripts and styles are no words."""
    reader = _Words()
    reader.feed(read_text(path))
    reader.close()
    return "".join(reader.found)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._unread += 1
        elif tag not in _WITHIN_LINES:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag not in _WITHIN_LINES:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.found.append(data)
