"""Totals of whole orders that stand beside each of their lines: they are not what the lines come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from filo.operational.transfer import figures

_NEAR = Decimal("0.02")


def is_of_whole_orders(rows: Sequence[Sequence[str]], fields: Mapping[str, int]) -> bool:
    """Whether the column of amounts says the same beside all lines of an order, and the lines alone come to less.

    rows: the first of the file; fields: the places of number, quantity, price and amount.
    """
    if not {"number", "quantity", "price", "amount"} <= fields.keys():
        return False
    names = ("quantity", "price", "amount")
    is_point = {name: figures.has_decimal_point(row[fields[name]] for row in rows) for name in names}
    orders: dict[str, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for row in rows:
        told = [figures.number(row[fields[name]], is_point=is_point[name]) for name in names]
        if told[0] is not None and told[1] is not None:
            orders[row[fields["number"]].strip()].append((told[0] * told[1], told[2] or Decimal(0)))
    of_several = [lines for lines in orders.values() if len(lines) > 1]
    whole = sum(_is_whole(lines) for lines in of_several)
    return bool(of_several) and whole * 2 > len(of_several)


def _is_whole(lines: Sequence[tuple[Decimal, Decimal]]) -> bool:
    """One total beside several lines (or beside the first alone), which no line comes to by itself."""
    totals = {total for _line, total in lines if total}
    if len(totals) != 1:
        return False
    total = totals.pop()
    return all(abs(line - total) > _NEAR * abs(total) for line, _total in lines)
