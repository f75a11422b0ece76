"""The lines of a vCard file as properties, read with all that telephones and old programs write wrong."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

# What is held by these is no text that anybody reads, and often broken: it is passed over.
UNREAD = frozenset((b"PHOTO", b"LOGO", b"SOUND", b"KEY", b"X-MS-OL-DESIGN", b"X-MS-CARDPICTURE"))
LONGEST_PIECE, LONGEST_VALUE, LONGEST_HEAD = 1 << 16, 200_000, 4000
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CARETS = {"^n": "\n", "^N": "\n", "^'": '"', "^^": "^"}
_START = re.compile(rb"(?:[A-Za-z0-9\-_]+\.)?[A-Za-z][A-Za-z0-9\-_/ ]*[;:]")
_BARE = {"QUOTED-PRINTABLE": "encoding", "BASE64": "encoding", "B": "encoding", "8BIT": "encoding", "7BIT": "encoding"}


@dataclass
class Property:
    """A line of a card, TEL;TYPE=cell:…; `parts` is the value in its parts, where its name says that it has some."""

    name: str
    value: str = ""
    group: str = ""
    types: tuple[str, ...] = ()
    parameters: dict[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The value as people read it."""
        return unescaped(self.value).strip()


def cards_in(file: BinaryIO) -> Iterator[list[Property]]:
    """The properties of every card, one card after the other; a last one that was cut off counts."""
    card: list[Property] | None = None
    nested = 0
    for found in _properties(_logical_lines(_pieces(file))):
        mark = found.value.strip().upper()
        if found.name == "BEGIN" and mark == "VCARD":
            if card and card[-1].name == "AGENT" and not card[-1].value.strip():
                nested += 1  # vCard 2.1 puts the card of an assistant into that of the boss
            elif card is not None:
                yield card
                card = []
            else:
                card = []
        elif found.name == "END" and mark == "VCARD":
            if nested:
                nested -= 1
            elif card is not None:
                yield card
                card = None
        elif card is not None and not nested:
            card.append(found)
    if card:
        yield card


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """The lines of the file; what is UTF-16 by its mark becomes UTF-8."""
    start = file.read(2)
    file.seek(0)
    if start in (b"\xff\xfe", b"\xfe\xff"):
        yield from file.read().decode("utf-16", "replace").encode().splitlines()
        return
    while line := file.readline(LONGEST_PIECE):
        yield from line.rstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf").split(b"\r")


def _logical_lines(pieces: Iterable[bytes]) -> Iterator[str]:
    """Folded lines in one piece; so are those that quoted-printable or base64 runs on over.

    They are joined before they are decoded: some programs fold in the midst of a letter.
    """
    current = b""
    for piece in pieces:
        if not current:
            current = piece
        elif _is_soft_broken(current):
            current = current[:-1] + piece
        elif piece[:1] in (b" ", b"\t"):
            current += b"" if _is_unread(current) else piece[1:]
        elif not piece.strip():
            continue
        elif _START.match(piece) or not _START.match(current):
            yield _text(current)
            current = piece
        elif not _is_unread(current):  # a break within a note that nobody escaped
            current += b"\\n" + piece
        current = current[:LONGEST_VALUE]
    if current:
        yield _text(current)


def _is_soft_broken(line: bytes) -> bool:
    return line.endswith(b"=") and b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()


def _is_unread(line: bytes) -> bool:
    return re.split(b"[;:]", line, maxsplit=1)[0].rpartition(b".")[2].strip().upper() in UNREAD


def _text(line: bytes) -> str:
    """UTF-8, or Windows 1252 where it is not."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _properties(lines: Iterable[str]) -> Iterator[Property]:
    for line in lines:
        head, colon, value = _parted(line)
        if not colon or len(head) > LONGEST_HEAD:
            continue
        first, *rest = split_outside(head, ";", quotes='"')
        group, _dot, name = first.rpartition(".")
        found = Property(name.strip().upper(), group=group.lower())
        if found.name.encode() not in UNREAD:
            _add_parameters(found, rest)
            found.value = _decoded(value, found.parameters)
            found.parts = tuple(unescaped(part).strip() for part in split_outside(found.value, ";"))
            yield found


def _parted(line: str) -> tuple[str, str, str]:
    """Name and parameters, colon, value: parted by the first colon that stands outside quotation marks."""
    head = split_outside(line[:LONGEST_HEAD], ":", quotes='"')[0]
    if line[len(head) : len(head) + 1] == ":":
        return head, ":", line[len(head) + 1 :]
    return line.partition(":")  # a quotation mark that is never closed


def split_outside(value: str, mark: str, *, quotes: str = "") -> list[str]:
    """The parts of a value at marks that stand neither behind a backslash nor within quotation marks."""
    found, start, place, is_quoted = [], 0, 0, False
    while place < len(value):
        letter = value[place]
        if letter == "\\" and not quotes:
            place += 1
        elif letter == quotes:
            is_quoted = not is_quoted
        elif letter == mark and not is_quoted:
            found.append(value[start:place])
            start = place + 1
        place += 1
    return [*found, value[start:]]


def _add_parameters(found: Property, raw: Iterable[str]) -> None:
    types: list[str] = []
    for parameter in raw:
        name, equals, value = parameter.partition("=")
        name, value = name.strip().lower(), re.sub(r"\^[nN'^]", lambda mark: _CARETS[mark[0]], value.strip().strip('"'))
        if not equals:
            name, value = _BARE.get(name.upper(), "type"), name
        if name == "type":
            types += [part.strip().lower() for part in value.split(",")]
        else:
            found.parameters.setdefault(name, value)
    found.types = tuple(dict.fromkeys(filter(None, types)))


def _decoded(value: str, parameters: dict[str, str]) -> str:
    if parameters.get("encoding", "").upper() != "QUOTED-PRINTABLE":
        return value
    raw = quopri.decodestring(value.encode())
    for encoding in filter(None, (parameters.get("charset", ""), "utf-8", "cp1252")):
        try:
            return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("latin-1")


def unescaped(value: str) -> str:
    r"""A value without backslashes: "\n" is a new line, "\," a comma."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value) if "\\" in value else value
