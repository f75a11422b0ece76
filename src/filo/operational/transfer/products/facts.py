"""What a row of a list says of its variant: amounts, weight, barcode and pieces, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from filo.foundation.amounts import money_words, number_words
from filo.foundation.folding import fold
from filo.foundation.money import CURRENCIES, ZERO
from filo.operational.catalogue.models import StockPlace
from filo.operational.prices.exchange import EURO
from filo.operational.transfer.cells import is_nothing
from filo.operational.transfer.products.amounts import (
    POINT,
    Sign,
    currency_in,
    currency_of,
    figure,
    is_by_machine,
    parted,
    signs_of,
)
from filo.operational.transfer.products.barcodes import read_barcode
from filo.operational.transfer.products.choices import Strangers, usual_vat, vat_of
from filo.operational.transfer.products.columns import Meant
from filo.operational.transfer.products.exchange import Exchange
from filo.operational.transfer.products.pictures import addresses_in
from filo.operational.transfer.products.words import KNOWN, squashed

Rows = Sequence[tuple[int, Sequence[str]]]
Note = tuple[str, str]
FIGURES = ("price", "gross", "cost", "weight", "grams", "stock", "sale_price")
_UNIT = re.compile(r"\s*(kg|kgs|g|gr)\.?$", re.IGNORECASE)
_PIECES = re.compile(r"\s*(?:pz|pezzi|pcs|nr|paia)\.?$", re.IGNORECASE)
_A_THOUSAND = Decimal(1000)
YES = ("1", "yes", "y", "si", "s", "true", "x", "vero", "in stock", "instock", "disponibile")


def _is_variation(cells: Mapping[str, str]) -> bool:
    return "variation" in cells.get("type", "").casefold()


class Reader:
    """Reads the cells of one file, of which it knows the columns as a whole."""

    def __init__(self, told: Meant, rows: Rows, *, of_a_sheet: bool) -> None:
        self.told, self.of_a_sheet = told, of_a_sheet
        columns = {name: self._column(rows, told.fields[name]) for name in FIGURES if name in told.fields}
        if told.pieces:
            columns["stock"] = [cell for place in told.pieces.values() for cell in self._column(rows, place)]
        self.signs = signs_of(columns, is_italian=told.is_italian, of_a_sheet=of_a_sheet)
        self.in_headers = {
            name: currency_in(told.headers[told.fields[name]]) for name in columns if name in told.fields
        }
        barcodes = (
            [text for _number, text in self._column(rows, told.fields["barcode"])] if self._has("barcode") else []
        )
        self.is_ean = any(len(re.sub(r"\D", "", text)) == 13 for text in barcodes) or (
            self._has("barcode") and "ean" in self._header("barcode") and "upc" not in self._header("barcode")
        )
        self.waiting = sorted(self._of_the_file(rows, columns))
        self.exchange = Exchange()
        self.strangers = Strangers()
        self.is_gross_told = False

    def _has(self, name: str) -> bool:
        return name in self.told.fields

    def _header(self, name: str) -> str:
        return squashed(self.told.headers[self.told.fields[name]])

    def _named(self, name: str) -> str:
        return self.told.headers[self.told.fields[name]] if self._has(name) else ""

    @staticmethod
    def _column(rows: Rows, place: int) -> list[tuple[int, str]]:
        return [(number, cells[place].strip()) for number, cells in rows if not is_nothing(cells[place])]

    def _of_the_file(self, rows: Rows, columns: Mapping[str, Sequence[tuple[int, str]]]) -> list[tuple[int, str, str]]:
        """What is told once, beside the row where it shows first: (row, column, sentence)."""
        found = []
        for name, sign in self.signs.items():
            if sign.doubtful is not None and name != "sale_price":
                number, text = sign.doubtful
                read = number_words(self._figure(name, text))
                sentence = _(
                    "“%(text)s” can be read in two ways, and nothing in the file says which: it is read as %(read)s."
                )
                found.append((number, self._named(name), sentence % {"text": text, "read": read}))
        first = rows[0][0] if rows else 0
        if rows and not columns.get("price") and not columns.get("gross"):
            found.append((first, self._named("price"), _("No row of this file has a price.")))
        if offers := columns.get("sale_price"):
            sentence = _("Prices of offers do not come in with products (%(number)s rows): put them into a price list.")
            found.append((offers[0][0], self._named("sale_price"), sentence % {"number": len(offers)}))
        found += [(first, header, sentence) for header, sentence in self._other_prices(rows)]
        if columns.get("stock") and not StockPlace.objects.filter(active=True).exists():
            sentence = _("There is no stock place yet, so the pieces are left out: make one in the settings first.")
            found.append((columns["stock"][0][0], self._named("stock"), sentence))
        found += self._pictures(rows)
        if self._has("available") and not self._has("stock"):
            sentence = _("This column says whether there is any, and not how many: the stock stays as it is.")
            found.append((first, self._named("available"), sentence))
        return found

    def _pictures(self, rows: Rows) -> Iterator[tuple[int, str, str]]:
        """That pictures follow, or cannot, as they lie nowhere in the web."""
        named = [name for name in ("images", "more_images") if self._has(name)]
        said = [(name, *cell) for name in named for cell in self._column(rows, self.told.fields[name])]
        first = next(((name, number) for name, number, text in said if addresses_in(text)), None)
        if first is not None:
            sentence = _("Pictures are fetched from their addresses after the products.")
            yield first[1], self._named(first[0]), sentence
        elif said:
            name, number, text = said[0]
            sentence = _("“%(text)s” is no address of the web: pictures do not come in, add them by hand.")
            yield number, self._named(name), sentence % {"text": text[:60]}

    def _other_prices(self, rows: Rows) -> Iterator[Note]:
        """Further columns that are called a price and say another one: whoever looks at the file decides."""
        if not self._has("price"):
            return
        taken = self.told.fields["price"]
        for place, header in enumerate(self.told.headers):
            if place in self.told.fields.values() or squashed(header) not in KNOWN["price"]:
                continue
            if any(cells[place].strip() not in ("", cells[taken].strip()) for _number, cells in rows):
                sentence = _("The file has several prices: “%(taken)s” is taken; “%(left)s” stays in the stored rows.")
                yield header, sentence % {"taken": self._named("price"), "left": header}

    def _figure(self, name: str, text: str) -> Decimal:
        """The number of a cell. Raises ValueError."""
        if self.of_a_sheet and is_by_machine(text):
            return Decimal(text.strip())
        return figure(parted(text)[0], self.signs.get(name, Sign(POINT)).decimals)

    def read(self, number: int, cells: Mapping[str, str]) -> tuple[dict[str, Any], Decimal | None, str, list[Note]]:
        """(facts of the variant, how many there are, why the row cannot come in, what else is told of it)."""
        notes = list(self._told_here(number))
        notes += [(self._named(name), sentence) for name, sentence in self.strangers.told_of(cells)]
        facts: dict[str, Any] = {}
        try:
            said = {name: self._amount(name, cells) for name in ("price", "cost", "gross") if cells.get(name)}
        except ValueError as error:
            return {}, None, str(error), notes
        gross = said.pop("gross", None)
        if gross is not None and "price" not in said:
            said["price"] = (self._without_vat(*gross, cells, notes), gross[1])
        facts |= self.exchange.kept(said, self._named, notes)
        self._weight(cells, facts, notes)
        try:
            if cells.get("barcode"):
                facts["barcode"] = read_barcode(cells["barcode"], is_ean=self.is_ean)
        except ValueError as error:
            notes.append((self._named("barcode"), str(error)))
        in_use = cells.get("active") or (cells.get("published") if _is_variation(cells) else "")
        if in_use:
            facts["active"] = fold(in_use) in YES and not in_use.startswith("-")
        return facts, self._stock(cells, notes), "", notes

    def _told_here(self, number: int) -> Iterator[Note]:
        """What is told of the whole file, once its row is reached."""
        while self.waiting and self.waiting[0][0] <= number:
            _number, column, sentence = self.waiting.pop(0)
            yield column, sentence

    def _amount(self, name: str, cells: Mapping[str, str]) -> tuple[Decimal, str]:
        """An amount and its currency, "" where nothing says it. Raises ValueError with a sentence."""
        text, sku = cells[name], cells.get("sku", "")
        try:
            number = self._figure(name, text)
        except ValueError:
            raise ValueError(_("“%(text)s” is not a number (%(sku)s).") % {"text": text, "sku": sku}) from None
        if number < 0:
            raise ValueError(_("A price, a cost or a weight cannot be negative (%(sku)s).") % {"sku": sku})
        currency = self._said_currency(name, cells)
        if currency and currency not in CURRENCIES:
            raise ValueError(_("“%(text)s” is not a currency that is known here.") % {"text": currency[:20]})
        return number, currency

    def _without_vat(self, number: Decimal, currency: str, cells: Mapping[str, str], notes: list[Note]) -> Decimal:
        """A price with VAT, without that of the row or the usual one."""
        vat = (vat_of(cells["vat"]) if cells.get("vat") else None) or usual_vat()
        rate = vat.rate if vat else ZERO
        found = (number / (1 + rate / 100)).quantize(Decimal("0.0001"))
        if not self.is_gross_told:
            self.is_gross_told = True
            sentence = _("Prices with VAT come in without it: %(gross)s became %(net)s (VAT %(rate)s %%).")
            told = {
                "gross": money_words(number, currency or EURO),
                "net": money_words(found, currency or EURO),
                "rate": number_words(rate),
            }
            notes.append((self._named("gross"), sentence % told))
        return found

    def _said_currency(self, name: str, cells: Mapping[str, str]) -> str:
        """The currency of an amount: beside the figure, else in its own column, else in the header; "" for none."""
        said = parted(cells.get(name, ""))[1] or currency_of(cells.get("currency", ""))
        return said or self.in_headers.get(name, "")

    def _weight(self, cells: Mapping[str, str], facts: dict[str, Any], notes: list[Note]) -> None:
        """Kilograms; of a column of grams, or with g beside the figure, a thousandth of what is written."""
        name = "weight" if cells.get("weight") else "grams"
        text = cells.get(name, "")
        if not text:
            return
        unit = _UNIT.search(text)
        is_grams = name == "grams" or (unit is not None and unit[1].lower().startswith("g"))
        try:
            found = self._figure(name, _UNIT.sub("", text))
        except ValueError:
            notes.append((self._named(name), _("“%(text)s” is not a weight: it is left out.") % {"text": text[:60]}))
            return
        if found >= 0 and not (is_grams and found == ZERO):
            facts["weight"] = (found / _A_THOUSAND if is_grams else found).quantize(Decimal("0.001"))

    def _stock(self, cells: Mapping[str, str], notes: list[Note]) -> Decimal | None:
        """How many a cell says; None for nothing, and for what is no number of things."""
        text = cells.get("stock", "")
        if not text or fold(text) == "instock":
            return None
        if fold(text) == "outofstock":
            return ZERO
        try:
            found = self._figure("stock", _PIECES.sub("", text))
        except ValueError:
            sentence = _("“%(text)s” is not a number of pieces: the stock stays as it is.")
            notes.append((self._named("stock"), sentence % {"text": text[:60]}))
            return None
        if found < 0:
            sentence = _("A stock below zero (%(text)s) cannot be: the stock stays as it is.")
            notes.append((self._named("stock"), sentence % {"text": text[:60]}))
            return None
        return found
