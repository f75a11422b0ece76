"""The forecast as bars: what was won, what is open by its chance, the rest of what is open, and last year's line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from filo.operational.deals.queries.forecast import Forecast, Month

WIDE, HIGH, GAP = 900, 200, 14


@dataclass(frozen=True)
class Bar:
    """A month: places and heights in the drawing's own measure."""

    month: Month
    x: int
    width: int
    won_y: int
    won_height: int
    weighted_y: int
    weighted_height: int
    open_y: int
    open_height: int
    before_y: int

    @property
    def middle(self) -> int:
        """Where its name stands."""
        return self.x + self.width // 2


def bars_of(forecast: Forecast) -> list[Bar]:
    """The bars of all months."""
    top, number = forecast.greatest or Decimal(1), len(forecast.months)
    width = (WIDE - GAP * (number - 1)) // number

    def height(amount: Decimal) -> int:
        return round(HIGH * amount / top)

    found = []
    for place, month in enumerate(forecast.months):
        won, weighted, whole = height(month.won.amount), height(month.open.weighted), height(month.open.amount)
        found.append(
            Bar(
                month=month,
                x=place * (width + GAP),
                width=width,
                won_y=HIGH - won,
                won_height=won,
                weighted_y=HIGH - won - weighted,
                weighted_height=weighted,
                open_y=HIGH - won - whole,
                open_height=max(0, whole - weighted),
                before_y=HIGH - height(month.year_before.amount),
            )
        )
    return found
