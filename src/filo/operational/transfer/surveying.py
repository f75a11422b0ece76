"""One reading of a whole file: how many rows, the first of them, which columns are unique, where months stand first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from filo.operational.transfer import figures
from filo.operational.transfer.cells import is_nothing
from filo.operational.transfer.naming import is_identifier_name
from filo.operational.transfer.reading import Shape, read_rows

SAMPLE = 200
LONGEST_CODE = 64
EITHER = "either"  # of a column of days (see `Column.format`): day and month could change places in all of them
TRACKED = 200_000


@dataclass
class Survey:
    """What was seen. `days` holds for columns of days the largest first and the largest second number."""

    total: int = 0
    sample: list[list[str]] = field(default_factory=list)
    unique: list[bool] = field(default_factory=list)
    days: dict[int, tuple[int, int]] = field(default_factory=dict)

    def values(self, place: int) -> list[str]:
        """What the first rows say in a column, without what says nothing."""
        return [cells_[place].strip() for cells_ in self.sample if not is_nothing(cells_[place])]

    def is_month_first(self, place: int) -> bool:
        """Whether the days of a column can only be read with the month before the day."""
        first, second = self.days.get(place, (0, 0))
        return second > 12 >= first > 0

    def is_either(self, place: int) -> bool:
        """Whether the days of a column end in their year, and nothing shows which of the other two is the month."""
        first, second = self.days.get(place, (0, 0))
        return 0 < first <= 12 and 0 < second <= 12


def survey(path: Path, shape: Shape) -> Survey:
    """Read the file once from end to end. Raises `Unreadable`."""
    found = Survey(unique=[is_identifier_name(header) for header in shape.headers])
    seen: list[set[str]] = [set() for _header in shape.headers]
    for _number, row in read_rows(path, shape):
        found.total += 1
        if len(found.sample) < SAMPLE:
            found.sample.append(row)
            if len(found.sample) == SAMPLE:
                _look_for_days(found, len(shape.headers))
        elif found.days:
            _note_days(found, found.days, row)
        _note_codes(found, seen, row)
    if len(found.sample) < SAMPLE:
        _look_for_days(found, len(shape.headers))
    for place, codes in enumerate(seen):
        found.unique[place] = found.unique[place] and bool(codes)
    return found


def _note_codes(found: Survey, seen: list[set[str]], row: list[str]) -> None:
    for place, is_unique in enumerate(found.unique):
        cell = row[place].strip() if is_unique else ""
        if not cell or is_nothing(cell) or len(seen[place]) >= TRACKED:
            continue
        if len(cell) > LONGEST_CODE or cell in seen[place]:
            found.unique[place] = False
            seen[place] = set()
        else:
            seen[place].add(cell)


def _look_for_days(found: Survey, width: int) -> None:
    """The columns half of whose first cells are days; all further cells of these are looked at."""
    for place in range(width):
        values = found.values(place)
        if values and sum(figures.day_parts(value) is not None for value in values) * 2 >= len(values):
            found.days[place] = (0, 0)
    for row in found.sample:
        _note_days(found, found.days, row)


def _note_days(found: Survey, places: Iterable[int], row: list[str]) -> None:
    for place in list(places):
        parts = figures.day_parts(row[place])
        if parts:
            first, second = found.days[place]
            found.days[place] = (max(first, parts[0]), max(second, parts[1]))
