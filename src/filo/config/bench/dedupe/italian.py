"""The made Italian sets as files, so that they are read and measured like any other."""

from __future__ import annotations

import csv
from pathlib import Path

from filo.config.bench.dedupe.italian_firms import firms
from filo.config.bench.dedupe.italian_people import people

SEED = 1861


def write_italian(folder: Path, count: int, *, seed: int = SEED) -> tuple[Path, Path]:
    """Two files: people, and firms; `count` rows each."""
    paths = (folder / "italian-people.csv", folder / "italian-firms.csv")
    for path, make in zip(paths, (people, firms), strict=True):
        rows = make(count, seed=seed)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [name.replace("_", " ") for name in rows[0]])
            writer.writeheader()
            writer.writerows({name.replace("_", " "): value for name, value in row.items()} for row in rows)
    return paths
