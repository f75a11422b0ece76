"""A signature that was drawn: the page sends where the pen went, and the picture is made here, so that no picture of
a stranger is ever kept or printed.
"""

from __future__ import annotations

import re
import struct
import zlib

WIDE, HIGH = 600, 200
MOST_POINTS, FEWEST_POINTS = 4_000, 8
_STROKES = re.compile(r"(?:\d{1,3},\d{1,3}(?: \d{1,3},\d{1,3})*(?:;|$))*")
Strokes = list[list[tuple[int, int]]]


def read_strokes(text: str) -> Strokes:
    """`x,y x,y;x,y`: strokes of points on a field of 600 by 200. Raises `ValueError` for what is none."""
    told = text.strip().strip(";")
    if len(told) > MOST_POINTS * 8 or not _STROKES.fullmatch(told):
        raise ValueError("no strokes")
    found = [
        [(min(int(x), WIDE - 1), min(int(y), HIGH - 1)) for x, y in (point.split(",") for point in stroke.split(" "))]
        for stroke in told.split(";")
        if stroke
    ]
    return found if sum(map(len, found)) >= FEWEST_POINTS else []


def drawn_png(strokes: Strokes) -> bytes:
    """The strokes as a picture: dark ink on white."""
    rows = [bytearray(b"\xff" * WIDE) for _row in range(HIGH)]
    for stroke in strokes:
        for begin, end in zip(stroke, stroke[1:] or stroke, strict=False):
            _line(rows, begin, end)
    raw = b"".join(b"\x00" + bytes(row) for row in rows)
    header = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _part(b"IHDR", header) + _part(b"IDAT", zlib.compress(raw, 9)) + _part(b"IEND", b"")


def _line(rows: list[bytearray], begin: tuple[int, int], end: tuple[int, int]) -> None:
    steps = max(abs(end[0] - begin[0]), abs(end[1] - begin[1]), 1)
    for step in range(steps + 1):
        x = round(begin[0] + (end[0] - begin[0]) * step / steps)
        y = round(begin[1] + (end[1] - begin[1]) * step / steps)
        for across in range(max(0, x - 1), min(WIDE, x + 2)):
            for down in range(max(0, y - 1), min(HIGH, y + 2)):
                rows[down][across] = 0x20


def _part(name: bytes, content: bytes) -> bytes:
    checked = name + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))
