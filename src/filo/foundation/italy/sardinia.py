"""Sardinia's provinces of 2026 on a list of municipalities that still knows those before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from filo.foundation.folding import fold

# The first digits of ISTAT's codes: the provinces of 2010 to 2016, and those since 2026 with their letters.
_SINCE_2026 = {
    "90": ("112", "SS"),
    "104": ("113", "OT"),
    "91": ("114", "NU"),
    "95": ("115", "OR"),
    "105": ("116", "OG"),
    "106": ("117", "VS"),
    "92": ("118", "CA"),
    "107": ("119", "CI"),
}
# Three municipalities are no longer where they were in 2016; two were numbered after the rest.
_MOVED = {"Genoni": "92", "Seulo": "91", "Teulada": "107"}
_NUMBERED_LAST = frozenset({"Seui", "Teulada"})


def sardinian_codes(
    municipalities: Iterable[tuple[str, str]], codes_in_use: Sequence[str]
) -> Mapping[str, tuple[str, str]]:
    """The (ISTAT code, province letters) of 2026 by municipality.

    Takes (name, ISTAT code of 2010 to 2016) of all Sardinian municipalities and the codes in use. Within a
    province ISTAT numbers by name, so the two lists run in parallel; where their lengths differ, the data
    have changed and that province is left out.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for name, code in municipalities:
        members[_MOVED.get(name, code[:-3])].append(name)
    found: dict[str, tuple[str, str]] = {}
    for before, names in members.items():
        prefix, letters = _SINCE_2026.get(before, ("", ""))
        codes = sorted(code for code in codes_in_use if prefix and code.startswith(prefix) and len(code) == 6)
        if len(codes) == len(names):
            ordered = sorted(names, key=lambda name: (name in _NUMBERED_LAST, fold(name)))
            found.update((name, (code, letters)) for name, code in zip(ordered, codes, strict=True))
    return found
