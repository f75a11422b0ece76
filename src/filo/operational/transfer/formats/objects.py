"""JSON: lists of objects, as this product, the command line of Salesforce and most web services give them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from filo.operational.transfer.flattening import flattened
from filo.operational.transfer.unfolding import MOST_COLUMNS, Format, Head, Part, Parts, Refused, Table

LARGEST = 64 << 20
MOST_DEPTH = 4
LONGEST_LINE = 4 << 20
_BEGINNING = re.compile(r"\{\s*[\"}]|\[\s*[\[{\"\d\]tfn-]")  # and no header such as [Nome];[Cognome]
Objects = Callable[[], Iterator[dict[str, Any]]]


def _claims(head: Head) -> bool:
    return bool(_BEGINNING.match(head.text))


def _unfold(path: Path, table: Table, _part: str) -> Parts:
    objects = _lines_of(path) if _is_lines(path) else _list_of(path)
    headers: dict[str, None] = {}
    count = 0
    for found in objects():
        count += 1
        headers |= dict.fromkeys(flattened(found))
        if len(headers) > MOST_COLUMNS:
            raise Refused("too-many-columns", n=len(headers), limit=MOST_COLUMNS)
    if not count:
        raise Refused("no-objects")
    table.write(list(headers))
    for found in objects():
        cells = flattened(found)
        table.write([cells.get(header, "") for header in headers])
    return Parts((Part("", count),))


def _is_lines(path: Path) -> bool:
    """Whether every line is an object, as the first two of them show; however long the file is, they are few."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        lines = [line for line in (file.readline(LONGEST_LINE) for _n in range(5)) if line.strip()][:2]
    return bool(lines) and all(_is_object(line) for line in lines) and (len(lines) > 1 or not _holds_list(lines[0]))


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _holds_list(line: str) -> bool:
    return bool(_longest(json.loads(line), MOST_DEPTH))


def _lines_of(path: Path) -> Objects:
    def objects() -> Iterator[dict[str, Any]]:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            number = 0
            while line := file.readline(LONGEST_LINE):
                number += 1
                if not line.strip():
                    continue
                try:
                    found = json.loads(line)
                except ValueError:
                    raise Refused("broken-json-line", n=number) from None
                if isinstance(found, dict):
                    yield found

    return objects


def _list_of(path: Path) -> Objects:
    if path.stat().st_size > LARGEST:
        raise Refused("too-large", limit=LARGEST >> 20)
    try:
        found = json.loads(_decoded(path.read_bytes()))
    except ValueError:
        raise Refused("broken-json") from None
    rows = _longest(found, MOST_DEPTH) or ([found] if isinstance(found, dict) and found else [])
    return lambda: iter(rows)


def _decoded(content: bytes) -> str:
    try:
        return content.decode(json.detect_encoding(content))
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _longest(found: Any, depth: int) -> list[dict[str, Any]]:
    """The list of objects: the thing itself, or the longest one under a name that says so little as *items*."""
    if isinstance(found, list):
        return [row for row in found if isinstance(row, dict)]
    if not isinstance(found, dict) or not depth:
        return []
    lists = [_longest(value, depth - 1) for name, value in found.items() if name.lower() in _HOLDERS]
    return max(lists, key=len, default=[])


_HOLDERS = frozenset(
    (
        "items", "results", "result", "records", "data", "value", "values", "rows", "list", "entries", "people",
        "contacts", "companies", "organisations", "organizations", "parties", "customers", "leads", "accounts",
        "persons",
    )
)  # fmt: skip
FORMAT = Format("json", 35, _claims, _unfold)
