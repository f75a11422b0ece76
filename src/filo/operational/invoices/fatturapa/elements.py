"""A branch of the XML that is written: each kind of leaf as the schema types it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from lxml import etree

from filo.operational.invoices.fatturapa.document import Reduction
from filo.operational.invoices.fatturapa.errors import Unwritable
from filo.operational.invoices.fatturapa.letters import latin, pieces, whole

_CENT, _MOST = Decimal("0.01"), Decimal(10) ** 11


class Branch:
    """An element to which leaves and branches are added in order."""

    __slots__ = ("element",)

    def __init__(self, element: etree._Element) -> None:
        self.element = element

    def branch(self, name: str) -> Branch:
        return Branch(etree.SubElement(self.element, name))

    def leaf(self, name: str, text: str) -> None:
        """A code or another text that is right as it is."""
        etree.SubElement(self.element, name).text = text

    def latin(self, name: str, text: str, most: int, missing: str) -> None:
        """A text that must be there; `missing` says what to do where it is not."""
        found = latin(text, most, name)
        if not found:
            raise Unwritable(missing, name)
        self.leaf(name, found)

    def maybe(self, name: str, text: str, most: int) -> None:
        if found := latin(text, most, name):
            self.leaf(name, found)

    def ascii(self, name: str, text: str, most: int) -> None:
        """A number or a code that must be there and may not be cut."""
        found = whole(text, most, name)
        if not found:
            raise Unwritable(_("%(name)s is missing.") % {"name": name}, name)
        self.leaf(name, found)

    def maybe_ascii(self, name: str, text: str, most: int) -> None:
        if found := whole(text, most, name):
            self.leaf(name, found)

    def pieces(self, name: str, text: str, most: int) -> None:
        for piece in pieces(text, most, name):
            self.leaf(name, piece)

    def country(self, name: str, text: str) -> None:
        code = text.strip().upper()
        if len(code) != 2 or not code.isascii() or not code.isalpha():
            raise Unwritable(_("“%(code)s” is no country: write its two letters.") % {"code": text[:20]}, name)
        self.leaf(name, code)

    def day(self, name: str, day: date | None) -> None:
        if day is not None:
            self.leaf(name, day.isoformat())

    def flag(self, name: str, on: bool) -> None:
        if on:
            self.leaf(name, "SI")

    def numbers(self, name: str, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.leaf(name, str(number))

    def sum(self, name: str, amount: Decimal) -> None:
        """A sum to the cent."""
        self.leaf(name, f"{_within(name, amount).quantize(_CENT, ROUND_HALF_UP):f}")

    def maybe_sum(self, name: str, amount: Decimal | None) -> None:
        if amount is not None:
            self.sum(name, amount)

    def fine(self, name: str, amount: Decimal) -> None:
        """A sum or a quantity with two to eight digits."""
        told = f"{_within(name, amount).quantize(Decimal('0.00000001'), ROUND_HALF_UP):f}"
        bare = told.rstrip("0")
        self.leaf(name, bare.ljust(len(told) - 6, "0"))

    def rate(self, name: str, rate: Decimal) -> None:
        if not 0 <= rate <= 100:
            raise Unwritable(_("%(rate)s is no percentage.") % {"rate": rate}, name)
        self.leaf(name, f"{rate.quantize(_CENT, ROUND_HALF_UP):f}")

    def reduction(self, said: Reduction) -> None:
        part = self.branch("ScontoMaggiorazione")
        part.leaf("Tipo", "MG" if said.more else "SC")
        if said.percent is not None:
            part.rate("Percentuale", said.percent)
        if said.amount is not None:
            part.fine("Importo", said.amount)


def _within(name: str, amount: Decimal) -> Decimal:
    if not amount.is_finite() or abs(amount) >= _MOST:
        raise Unwritable(_("%(name)s is larger than an invoice can hold.") % {"name": name}, name)
    return amount
