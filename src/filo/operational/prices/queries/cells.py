"""The parts of a price list that is shown as a table: its rows, and a cell for each tier."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from filo.operational.prices.models import PriceRule


@dataclass(frozen=True)
class Cell:
    """What a list says of one thing from one quantity on; name: of its field in the form."""

    name: str
    start: Decimal
    text: str = ""
    rule: PriceRule | None = None


@dataclass
class TableRow:
    """One thing with its tiers."""

    about: str
    label: str
    code: str = ""
    address: str = ""
    base: Decimal | None = None
    cells: list[Cell] = field(default_factory=list)
    other: Decimal | None = None
    change: Decimal | None = None


@dataclass(frozen=True)
class ListTable:
    """A page of a list."""

    tiers: list[Decimal]
    rows: list[TableRow]
    page: int
    pages: int
    things: int

    @property
    def before(self) -> int:
        """The page before this one."""
        return self.page - 1

    @property
    def after(self) -> int:
        """The page after it."""
        return self.page + 1
