"""HTML as the plain text that people see in it; what it quotes is marked with > as plain mails do."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_UNSEEN = {"script", "style", "head", "title", "template", "noscript", "svg", "object"}
_BLOCKS = {"p", "div", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "section", "article"}
_BLOCKS |= {"header", "footer", "center", "address", "dl", "dt", "dd", "form", "blockquote"}
_APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote"}
_VOID = {"br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr", "embed", "source"}
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
MOST_DEPTH = 500


def as_text(html: str) -> str:
    """The text of a page or of a piece of one; never raises for any input."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [line.rstrip() for line in reader.text().split("\n")]
    while lines and not lines[-1].strip("> "):
        del lines[-1]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._open: list[tuple[str, bool]] = []  # each with whether it is a quotation
        self._unseen = 0
        self._quoted = 0

    def text(self) -> str:
        """All lines."""
        self._end_line()
        return "\n".join(self._lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        if tag in _BLOCKS or tag == "li":
            self._end_line(apart=tag in _APART)
        if tag == "li":
            self._line = "- "
        elif tag == "br":
            self._end_line(always=True)
        elif tag == "hr":
            self._end_line()
            self._line = "________________________________"
            self._end_line()
        elif tag in ("td", "th") and self._line:
            self._line += " "
        if tag not in _VOID and len(self._open) < MOST_DEPTH:
            quotes = tag == "blockquote"
            self._quoted += quotes
            self._open.append((tag, quotes))

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        if tag in _BLOCKS:
            self._end_line(apart=tag in _APART)
        if any(opened == tag for opened, _quotes in self._open):
            while self._open:
                opened, quotes = self._open.pop()
                self._quoted -= quotes
                if opened == tag:
                    break

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if any(tag == "pre" for tag, _quotes in self._open[-3:]):
            first, *others = data.split("\n")
            self._line += first
            for other in others:
                self._end_line(always=True)
                self._line = other
            return
        said = _SPACES.sub(" ", data)
        self._line += said.lstrip() if not self._line or self._line.endswith(" ") else said

    def _end_line(self, *, apart: bool = False, always: bool = False) -> None:
        mark = "> " * min(self._quoted, 5)
        if self._line.strip() or always:
            self._lines.append(f"{mark}{self._line.rstrip()}")
        if apart and self._lines and self._lines[-1].strip("> "):
            self._lines.append(mark.rstrip())
        self._line = ""
