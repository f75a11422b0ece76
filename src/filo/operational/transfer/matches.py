"""What was understood of a file and what stays in its stored rows, as it is told before and after it came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from filo.operational.transfer.mapping import Column, fields_of, is_own
from filo.operational.transfer.sources.base import key
from filo.operational.transfer.sources.finding import all_sources


@dataclass(frozen=True)
class Matches:
    """`program` and `what` say whose export it is (HubSpot, contacts), `remembered` by what else it was understood.

    `understood` are (header, code of its meaning, its name), `kept` the headers that stay in the stored rows, `deals`
    those of them that speak of deals, for which there is no place yet.
    """

    program: str
    what: str
    remembered: str
    understood: tuple[tuple[str, str, str], ...]
    kept: tuple[str, ...]
    deals: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """As commands and the API tell it."""
        return {
            "from": self.program,
            "what": self.what,
            "mapping": self.remembered,
            "matched": {header: code for header, code, _name in self.understood},
            "kept_in_rows": list(self.kept),
            "deals_kept_in_rows": list(self.deals),
        }


def matches_of(columns: Sequence[Column], kind: str, *, origin: str = "", remembered: str = "") -> Matches:
    """The matches of a file whose columns mean this."""
    source, fields = all_sources().get(origin), fields_of(kind)
    understood = tuple(
        (column.header, column.field, str(fields[column.field].label) if column.field in fields else column.header)
        for column in columns
        if column.field and (column.field in fields or is_own(column.field))
    )
    known = {header for header, _code, _name in understood}
    kept = tuple(column.header for column in columns if column.header not in known)
    return Matches(
        source.name if source else "",
        str(source.what) if source else "",
        remembered,
        understood,
        kept,
        tuple(header for header in kept if source and key(header) in source.deals),
    )
