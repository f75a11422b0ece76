"""Which rows of a file are one party, as the file itself or a file of labels says; never asked while scoring."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from filo.config.bench.dedupe.rows import Table, read_table
from filo.foundation.folding import fold
from filo.operational.transfer.reading import Unreadable

Pair = tuple[int, int]
_OF_FEBRL = re.compile(r"(.*?-?\d+)-(?:org|dup-\d+)")
_OF_CLUSTERS = frozenset(("cluster", "entity", "truth", "gold", "golden", "class", "duplicate", "cid", "same"))
_OF_ROWS = frozenset(("uniqueid", "id", "ids", "recid", "recordid", "rowid", "tid", "uid", "index", "unnamed"))
_TELLING = 0.3  # an entity is no category: at least so many different ones for each row


@dataclass(frozen=True)
class Truth:
    """The pairs of rows (the lower first) that are one, where this was found, and the columns that tell it."""

    pairs: frozenset[Pair]
    told_by: str
    columns: frozenset[str]


def find_truth(table: Table, labels: str = "") -> Truth | None:
    """From `labels` (a column, or a file of pairs) if given, else from what is there. Raises `Unreadable`."""
    silent = frozenset(header for header in table.headers if _is_silent(table, header))
    if labels and labels not in table.headers:
        return Truth(_of_file(table, Path(labels)), labels, silent)
    for header in [labels] if labels else sorted(silent, key=_rank):
        clusters = _clusters(table, header)
        if labels or any(len(rows) > 1 for rows in clusters):
            return Truth(_pairs(clusters), f"column {header}", silent | {header})
    return Truth(frozenset(), "", silent) if silent else None


def _rank(header: str) -> tuple[bool, str]:
    return (not _of_cluster(header), header)


def _is_silent(table: Table, header: str) -> bool:
    """Whether a column only says which row or which entity it is."""
    cells = [cell for cell in _column(table, header) if cell]
    named = _of_cluster(header) or fold(header).replace(" ", "") in _OF_ROWS
    return _febrl(table, header) or (named and len(set(cells)) >= _TELLING * len(cells) * _rarely(cells))


def _rarely(cells: Sequence[str]) -> float:
    """Clusters of many rows are entities too, where each row has one and most have company."""
    return 0.1 if all(cell.isdigit() for cell in cells) else 1.0


def _of_cluster(header: str) -> bool:
    return not _OF_CLUSTERS.isdisjoint(fold(header).split())


def _febrl(table: Table, header: str) -> bool:
    cells = _column(table, header)
    return bool(cells) and all(_OF_FEBRL.fullmatch(cell) for cell in cells)


def _clusters(table: Table, header: str) -> list[list[int]]:
    """The rows that share an entity; Febrl's copies name the original before what they are."""
    febrl = _febrl(table, header)
    place = table.headers.index(header)
    found: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(table.rows):
        if row[place]:
            match = _OF_FEBRL.fullmatch(row[place]) if febrl else None
            found[match[1] if match else row[place]].append(number)
    return list(found.values())


def _pairs(clusters: Iterable[Sequence[int]]) -> frozenset[Pair]:
    return frozenset(pair for rows in clusters for pair in combinations(rows, 2))


def _of_file(table: Table, path: Path) -> frozenset[Pair]:
    """The pairs of a file of labels: two columns of row ids and, if there is one, a score (0.5 and more is one)."""
    if not path.is_file():
        raise Unreadable(f"there is neither a column nor a file {path}", code="no-labels")
    labels = read_table([path])
    left, right = _sides(labels, table)
    score = next((place for place, name in enumerate(labels.headers) if _is_score(labels, place, name)), None)
    ids = _ids(table, [row[side] for row in labels.rows for side in (left, right)])
    return frozenset(
        (min(one, other), max(one, other))
        for row in labels.rows
        if score is None or float(row[score] or 0) >= 0.5
        for one in ids.get(row[left], ())
        for other in ids.get(row[right], ())
        if one != other
    )


def _sides(labels: Table, table: Table) -> tuple[int, int]:
    """The two columns with ids: those that end in _l and _r, or 1 and 2, or the first two."""
    names = [name.lower() for name in labels.headers]
    for one, other in (("_l", "_r"), ("1", "2"), ("_a", "_b"), ("left", "right")):
        for place, name in enumerate(names):
            partner = name.removesuffix(one) + other
            if name.endswith(one) and partner in names and _ids(table, _column(labels, labels.headers[place])):
                return place, names.index(partner)
    if len(names) < 2:
        raise Unreadable("a file of labels has two columns of ids", code="no-labels")
    return 0, 1


def _ids(table: Table, wanted: Sequence[str]) -> dict[str, list[int]]:
    """The rows by the column whose values the labels name most."""
    known = Counter(wanted)
    best = max(table.headers, key=lambda header: sum(cell in known for cell in set(_column(table, header))))
    found: dict[str, list[int]] = defaultdict(list)
    for number, cell in enumerate(_column(table, best)):
        if cell in known:
            found[cell].append(number)
    return found


def _is_score(labels: Table, place: int, name: str) -> bool:
    return any(word in name.lower() for word in ("score", "match", "label")) and all(
        re.fullmatch(r"[01](?:\.\d+)?", row[place]) for row in labels.rows if row[place]
    )


def _column(table: Table, header: str) -> list[str]:
    place = table.headers.index(header)
    return [row[place] for row in table.rows]
